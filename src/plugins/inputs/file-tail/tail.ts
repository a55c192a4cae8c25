import { dirname } from 'node:path';
import { messageOf } from '#core/errors.ts';
import type { Pull } from '#core/plugin/input.ts';
import type { FileGroup } from './config.ts';
import { FileReader, type FileReaderParts } from './file-reader.ts';
import { FileSet } from './file-set.ts';
import { type FoundFile, findFiles, idOf, rootOf } from './find-files.ts';
import { FolderWatch } from './folder-watch.ts';
import type { FollowedFile } from './followed-file.ts';

export type TailParts = FileReaderParts & {
  readonly groups: readonly FileGroup[];
  /** What cannot be read in these groups is told quietly: nobody asked for it. */
  readonly quiet: ReadonlySet<FileGroup>;
};

const LOOK_EVERY_MS = 1_000;
const MAX_LOOK_EVERY_MS = 10_000;
const MAX_PAUSE_MS = 250;
/** Looking may take at most one part of so many of the time. */
const LOOK_SHARE = 20;
/** After a change, so that a rotation of many files is looked at once. */
const LOOK_SOON_MS = 50;
/** A file that did not change for so long is closed; it is opened again when it does. */
const CLOSE_AFTER_MS = 300_000;
/** The same for one that was deleted: who still writes to it is not waited for longer. */
const LEAVE_AFTER_MS = 10_000;
const MAX_OPEN = 200;
/** A pack that is not whole and so young may still be written. */
const PACKING_MS = 30_000;

/** Reads files for ever, a chunk of each in turn. */
export class Tail {
  readonly #parts: TailParts;
  readonly #pull: Pull;
  readonly #set: FileSet;
  readonly #reader: FileReader;
  readonly #watch: FolderWatch;
  /** Open files, those that were read last at the end. */
  readonly #open = new Set<FollowedFile>();
  /** Files that may have more to read. */
  readonly #dirty = new Set<FollowedFile>();
  readonly #unpacking = new Set<FollowedFile>();
  #backlog: Promise<void> = Promise.resolve();
  #lookAt = 0;
  /** Folders in which files of the globs may appear. */
  readonly #roots: ReadonlySet<string>;
  #looked = { end: Number.NEGATIVE_INFINITY, tookMs: 0 };
  #wake: () => void = () => undefined;

  constructor(parts: TailParts) {
    this.#parts = parts;
    this.#pull = parts.pull;
    this.#set = new FileSet(parts);
    this.#roots = new Set(parts.groups.flatMap(({ include }) => include.map(rootOf)));
    this.#reader = new FileReader(parts, parts.groups);
    this.#watch = new FolderWatch((path, isName) => this.#changed(path, isName));
  }

  /** Resolves when the inputs close. */
  async run(): Promise<void> {
    const { signal } = this.#pull;
    this.#pull.show(() => this.#set.all.map(({ state }) => state));
    const wake = (): void => this.#wake();
    signal.addEventListener('abort', wake);
    try {
      while (!signal.aborted) await this.#turn();
    } finally {
      signal.removeEventListener('abort', wake);
      this.#watch.close();
      await this.#backlog;
      for (const file of this.#set.all) await file.close();
    }
  }

  async #turn(): Promise<void> {
    const now = this.#parts.monotonic();
    if (now >= this.#lookAt) return this.#look(now);
    for (const file of this.#set.all) if (file.dueAt <= now) this.#dirty.add(file);
    const [file] = this.#dirty;
    if (file === undefined) return this.#sleep(now);
    this.#dirty.delete(file);
    await this.#pull.untilOpen();
    if (this.#pull.signal.aborted) return;
    await this.#advance(file);
  }

  /** Finds files, and those that changed. */
  async #look(now: number): Promise<void> {
    const { groups, monotonic } = this.#parts;
    const found = await findFiles(groups, this.#set.awaited);
    await this.#set.update(found);
    this.#watch.set(new Set([...this.#roots, ...found.map(({ path }) => dirname(path))]));
    for (const file of this.#set.all) await this.#noteChange(file, monotonic());
    const end = monotonic();
    this.#looked = { end, tookMs: end - now };
    this.#lookAt = end + Math.min(MAX_LOOK_EVERY_MS, Math.max(LOOK_EVERY_MS, LOOK_SHARE * this.#looked.tookMs));
  }

  async #noteChange(file: FollowedFile, now: number): Promise<void> {
    const { found, handle, place, seen } = file;
    if (found === undefined) {
      if (handle !== undefined) await this.#leave(file, now);
    } else if (file.isPacked) {
      if (!place.isDone && found.changed !== seen.changed) this.#unpack(file, found);
    } else if (found.size !== seen.size || found.changed > seen.changed || file.hasProblem) {
      this.#dirty.add(file);
    } else if (handle !== undefined && now - file.changedAt > CLOSE_AFTER_MS) await file.close();
  }

  /** A file that has no name any more, or one that is out of sight, is read to its end while it is open. */
  async #leave(file: FollowedFile, now: number): Promise<void> {
    this.#dirty.add(file);
    const stats = await file.handle?.stat({ bigint: true });
    if (stats === undefined || now - file.changedAt < LEAVE_AFTER_MS) return;
    const isRead = Number(stats.size) === file.place.offset;
    if (!isRead || idOf(stats) !== file.place.id) return;
    if (stats.nlink === 0n) this.#set.move(file, { ...file.place, isDone: true });
    else if (now - file.changedAt < CLOSE_AFTER_MS) return;
    await file.close();
    this.#dirty.delete(file);
  }

  async #advance(file: FollowedFile): Promise<void> {
    file.dueAt = Number.POSITIVE_INFINITY;
    try {
      const progress = await this.#reader.advance(file);
      await this.#keepOpen(file);
      this.#told(file, undefined);
      if (progress === 'more') this.#dirty.add(file);
      if (progress === 'replaced') await this.#replaced(file);
      if (progress === 'moved') this.#moved(file);
    } catch (error) {
      await file.close();
      this.#told(file, error);
    }
  }

  async #replaced(file: FollowedFile): Promise<void> {
    const fresh = await this.#set.replace(file);
    if (fresh !== undefined) this.#dirty.add(fresh);
    this.#lookAt = 0;
  }

  /** The next look tells where to. */
  #moved(file: FollowedFile): void {
    file.found = undefined;
    file.seen = { size: -1, changed: -1 };
    this.#lookAt = Math.min(this.#lookAt, this.#soon());
  }

  /** While a file is open it is read to its end even when it is deleted; only so many of them can be. */
  async #keepOpen(file: FollowedFile): Promise<void> {
    this.#open.delete(file);
    this.#open.add(file);
    const [oldest] = this.#open;
    if (this.#open.size <= MAX_OPEN || oldest === undefined) return;
    this.#open.delete(oldest);
    await oldest.close();
  }

  /** Packed files are read beside the others, one after the other. */
  #unpack(file: FollowedFile, { size, changed }: FoundFile): void {
    if (this.#unpacking.has(file)) return;
    this.#unpacking.add(file);
    file.seen = { size, changed };
    this.#backlog = this.#backlog.then(async () => {
      try {
        if (!this.#pull.signal.aborted) await this.#reader.unpack(file);
        this.#told(file, undefined);
      } catch (error) {
        const isBeingPacked = this.#parts.now() - changed < PACKING_MS;
        if (isBeingPacked) file.seen = { size: -1, changed: -1 };
        else this.#told(file, error);
      }
      this.#unpacking.delete(file);
    });
  }

  #told(file: FollowedFile, error: unknown): void {
    file.hasProblem = error !== undefined;
    const { path } = file.place;
    const problem = error === undefined ? undefined : `${path} cannot be read: ${explain(error)}`;
    this.#pull.report(path, problem, this.#parts.quiet.has(file.group));
  }

  #changed(path: string, isName: boolean): void {
    const file = this.#set.all.find(({ found }) => found?.path === path);
    if (file !== undefined && !file.isPacked) this.#dirty.add(file);
    if (file === undefined || isName) this.#lookAt = Math.min(this.#lookAt, this.#soon());
    this.#wake();
  }

  #soon(): number {
    const { end, tookMs } = this.#looked;
    const pauseMs = Math.min(MAX_PAUSE_MS, tookMs);
    return Math.max(this.#parts.monotonic() + LOOK_SOON_MS, end + pauseMs);
  }

  async #sleep(now: number): Promise<void> {
    const due = this.#set.all.reduce((first, { dueAt }) => Math.min(first, dueAt), this.#lookAt);
    const woken = Promise.withResolvers<void>();
    this.#wake = woken.resolve;
    const timer = setTimeout(woken.resolve, Math.max(0, due - now));
    if (!this.#pull.signal.aborted) await woken.promise;
    clearTimeout(timer);
  }
}

function explain(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES') return 'permission denied; let the user that nocmate runs as read it (group adm, or an ACL)';
  return messageOf(error);
}
