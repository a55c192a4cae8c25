import type { Pull } from '#core/plugin/input.ts';
import type { FileGroup } from './config.ts';
import { markOf } from './content-mark.ts';
import { type FilePlace, placeOf } from './file-place.ts';
import { type FoundFile, groupOf } from './find-files.ts';
import { FollowedFile } from './followed-file.ts';
import { areRelated, isRotated, rotatedName } from './related-names.ts';
import { compareContent, freshPlace, isCopyOf } from './same-content.ts';

const FILE = 'file:';
const GROUP = 'group:';
/** A file that was not seen for so long may be read anew when it comes back. */
const FORGET_AFTER_MS = 30 * 86_400_000;

/** The kernel stamps files by a clock that ticks: a file may seem to be so much older than it is. */
const TICK_MS = 10;

/** A pack or a copy that changed so lately may not be whole, and what it holds not be known again. */
const SETTLED_MS = 3_000;

type Parts = { readonly groups: readonly FileGroup[]; readonly pull: Pull; readonly now: () => number };

/** The files that are read, each content once, whatever rotation does with it. */
export class FileSet {
  readonly #parts: Parts;
  readonly #files = new Map<string, FollowedFile>();
  /** When the files of groups were looked for first: what they have now and had not then is new. */
  readonly #begun = new Map<string, number>();
  /** Comparisons that need not be made again. */
  readonly #others = new Set<string>();
  #count = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    for (const [name, position] of parts.pull.positions) {
      if (name.startsWith(GROUP)) this.#begun.set(name, Number(position['t']));
      const place = name.startsWith(FILE) ? placeOf(position) : undefined;
      const group = place === undefined ? undefined : groupOf(parts.groups, place.origin);
      if (place !== undefined && group !== undefined) this.#files.set(name, new FollowedFile(name, group, place));
    }
  }

  get all(): readonly FollowedFile[] {
    return [...this.#files.values()];
  }

  /** Paths whose rotated kin may hold what is not read yet. */
  get awaited(): readonly string[] {
    return this.all.filter(({ place }) => !place.isDone).flatMap(({ place }) => [place.origin, place.path]);
  }

  /** Brings the files together with what lies there now. */
  async update(found: readonly FoundFile[]): Promise<void> {
    const free = new Map(found.map((file) => [file.id, file]));
    for (const file of this.all) {
      const isOpen = file.found !== undefined || file.handle !== undefined;
      const place = isOpen ? free.get(file.place.id) : undefined;
      if (place === undefined) file.found = undefined;
      else this.#bind(file, place, free);
    }
    for (const place of [...free.values()]) await this.#bindById(place, free);
    for (const place of free.values()) await this.#bindByContent(place);
    this.#forgetOld();
    this.#begin();
  }

  /** The file was emptied or overwritten: its old content may lie elsewhere, the new one is begun. */
  async replace(file: FollowedFile): Promise<FollowedFile | undefined> {
    const { found, group, place } = file;
    await file.unbind();
    if (found === undefined) return undefined;
    const fresh = await freshPlace(found, this.#parts.now());
    return this.#add({ ...fresh, origin: place.origin }, group, found);
  }

  #bind(file: FollowedFile, found: FoundFile, free: Map<string, FoundFile>): void {
    file.bind(found);
    free.delete(found.id);
  }

  async #bindById(found: FoundFile, free: Map<string, FoundFile>): Promise<void> {
    const known = this.#unbound.filter(({ place }) => place.id === found.id).sort((a, b) => b.place.t - a.place.t);
    for (const file of known) {
      const { path } = file.place;
      file.place = { ...file.place, path: found.path };
      if (await this.#holds(file)) return this.#bind(file, found, free);
      file.place = { ...file.place, path };
    }
  }

  async #holds(file: FollowedFile): Promise<boolean> {
    if (file.isPacked) return true;
    try {
      const handle = await file.open();
      return handle !== undefined && (await file.isSame(handle));
    } catch {
      // It cannot be read now: what it holds is told when it can.
      return true;
    } finally {
      await file.close();
    }
  }

  /** A file of an unknown inode: a copy or a pack of what was read, or new. */
  async #bindByContent(found: FoundFile): Promise<void> {
    const kin = kinOf(this.all, found);
    for (const file of kin.filter((one) => one.found === undefined)) {
      const comparison = `${file.name} ${found.id} ${found.changed}`;
      if (this.#others.has(comparison)) continue;
      const sameness = await compareContent(file, found);
      if (sameness === 'other') this.#others.add(comparison);
      // While it is open it is read there.
      else if (file.handle !== undefined) return;
      else return sameness === 'same' ? file.bind(found) : this.#bindShorter(file, found);
    }
    if (await this.#isBeingCopied(found)) return;
    if (found.group !== undefined) this.#add(await this.#firstPlace(found, found.group), found.group, found);
    else await this.#addMissed(found, kin);
  }

  /** A file that came and was rotated away between two looks, or two lives: it was written since its group is read. */
  async #addMissed(found: FoundFile, kin: readonly FollowedFile[]): Promise<void> {
    const file = kin.find(({ place }) => isRotated(found.path, place.origin));
    if (file === undefined || groupOf([{ ...file.group, include: [found.path] }], found.path) === undefined) return;
    const begun = this.#begun.get(nameOf(file.group)) ?? Number.POSITIVE_INFINITY;
    if (found.changed <= begun - TICK_MS || this.#parts.now() - found.changed < SETTLED_MS) return;
    const fresh = await freshPlace(found, this.#parts.now());
    this.#add({ ...fresh, origin: file.place.origin }, file.group, found);
  }

  /** A copy that was made before the last of its lines were read: nothing of it is left to read. */
  #bindShorter(file: FollowedFile, found: FoundFile): void {
    file.bind(found);
    file.head = Buffer.alloc(0);
    this.move(file, { ...file.place, offset: found.size, tailLength: 0, tail: '', isDone: true });
  }

  async #isBeingCopied(found: FoundFile): Promise<boolean> {
    for (const file of kinOf(this.all, found)) {
      if (file.found === undefined) continue;
      const isPack = found.path.endsWith('.gz');
      if (isPack ? found.path === `${file.place.path}.gz` : await isCopyOf(found, file)) return true;
    }
    return false;
  }

  /** Where a file is begun that was never seen. */
  async #firstPlace(found: FoundFile, group: FileGroup): Promise<FilePlace> {
    const fresh = await freshPlace(found, this.#parts.now());
    const { startAt } = group;
    if (startAt === 'beginning' || this.#begun.has(nameOf(group))) return fresh;
    if (found.path.endsWith('.gz')) return { ...fresh, isDone: true };
    const offset = Math.max(0, found.size - (startAt === 'end' ? 0 : startAt));
    return { ...fresh, offset, isSkipping: offset > 0 && startAt !== 'end' };
  }

  #add(place: FilePlace, group: FileGroup, found: FoundFile): FollowedFile {
    this.#count += 1;
    const file = new FollowedFile(`${FILE}${place.t.toString(36)}-${this.#count}`, group, place);
    this.#files.set(file.name, file);
    file.bind(found);
    this.move(file, file.place);
    return file;
  }

  /** Moves a file without taking lines of it. */
  move(file: FollowedFile, place: FilePlace): void {
    file.place = place;
    this.#parts.pull.take((_, move) => move(file.name, place));
  }

  #forgetOld(): void {
    const oldest = this.#parts.now() - FORGET_AFTER_MS;
    for (const file of this.#unbound.filter(({ place }) => place.t < oldest)) {
      this.#files.delete(file.name);
      this.#parts.pull.take((_, move) => move(file.name, undefined));
    }
  }

  #begin(): void {
    const fresh = this.#parts.groups.map(nameOf).filter((name) => !this.#begun.has(name));
    const t = this.#parts.now();
    for (const name of fresh) this.#begun.set(name, t);
    if (fresh.length > 0) this.#parts.pull.take((_, move) => fresh.forEach((name) => move(name, { t })));
  }

  get #unbound(): FollowedFile[] {
    return this.all.filter(({ found, handle }) => found === undefined && handle === undefined);
  }
}

function nameOf({ include }: FileGroup): string {
  return `${GROUP}${markOf(Buffer.from(include.join('\0')))}`;
}

function kinOf(files: readonly FollowedFile[], { path }: FoundFile): FollowedFile[] {
  const name = rotatedName(path);
  return files.filter(({ names }) => names.some((one) => areRelated(one, name)));
}
