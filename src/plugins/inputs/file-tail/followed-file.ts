import { type FileHandle, open } from 'node:fs/promises';
import type { SourceState } from '#core/plugin/input.ts';
import type { FileGroup } from './config.ts';
import { HEAD_BYTES, markOf, readAt, TAIL_BYTES } from './content-mark.ts';
import type { FilePlace } from './file-place.ts';
import { type FoundFile, idOf } from './find-files.ts';
import { type RotatedName, rotatedName } from './related-names.ts';

/** A content that is read to its end wherever it lies, and how far it was read. */
export class FollowedFile {
  /** The name of its stored position. */
  readonly name: string;
  readonly group: FileGroup;
  place: FilePlace;
  /** Where it lies; undefined: nowhere, as far as is known. */
  found: FoundFile | undefined;
  handle: FileHandle | undefined;
  /** Its first bytes, once they were read. */
  head: Buffer = Buffer.alloc(0);
  /** Size and time of change when it was looked at last. */
  seen = { size: -1, changed: -1 };
  /** It could not be read when it was looked at last. */
  hasProblem = false;
  /** When it changed last (monotonic ms). */
  changedAt = Number.NEGATIVE_INFINITY;
  /** When what waits in it is taken as it is (monotonic ms). */
  dueAt = Number.POSITIVE_INFINITY;
  /** Events that were taken of it in this life. */
  records = 0;

  #names: { readonly path: string; readonly all: readonly RotatedName[] } | undefined;

  constructor(name: string, group: FileGroup, place: FilePlace) {
    this.name = name;
    this.group = group;
    this.place = place;
  }

  /** What its records say where they come from. */
  get source(): string {
    return this.group.source ?? `file:${this.place.origin}`;
  }

  /** How far it is read; of a packed file in bytes that are unpacked, of which it is not known how many there are. */
  get state(): SourceState {
    const { offset, isDone, path, t } = this.place;
    const size = this.isPacked || this.seen.size < 0 ? {} : { size: this.seen.size };
    return { name: path, source: this.source, offset, ...size, records: this.records, lastAt: t, isDone };
  }

  get isPacked(): boolean {
    return (this.found?.path ?? this.place.path).endsWith('.gz');
  }

  /** The names it has and had first. */
  get names(): readonly RotatedName[] {
    const { origin, path } = this.place;
    if (this.#names?.path !== path) this.#names = { path, all: [...new Set([origin, path])].map(rotatedName) };
    return this.#names.all;
  }

  /** It lies at a place now. */
  bind(found: FoundFile): void {
    this.found = found;
    if (found.id !== this.place.id) this.seen = { size: -1, changed: -1 };
    if (found.id !== this.place.id || found.path !== this.place.path) {
      this.place = { ...this.place, id: found.id, path: found.path };
    }
  }

  /** The file has another content now. */
  async unbind(): Promise<void> {
    this.found = undefined;
    this.dueAt = Number.POSITIVE_INFINITY;
    await this.close();
  }

  /** Undefined: it does not lie at its path any more, be that free or another file's. */
  async open(): Promise<FileHandle | undefined> {
    if (this.handle !== undefined) return this.handle;
    const handle = await open(this.place.path, 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (handle === undefined || idOf(await handle.stat({ bigint: true })) === this.place.id) this.handle = handle;
    else await handle.close();
    return this.handle;
  }

  async close(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close();
  }

  /**
   * Whether the file still begins as it did. To be asked after bytes were read: when it was emptied in between they may
   * be of either content.
   */
  async isSame(handle: FileHandle): Promise<boolean> {
    const head = await readAt(handle, 0, HEAD_BYTES);
    const { headLength } = this.place;
    const isSame =
      this.head.length > 0
        ? head.subarray(0, this.head.length).equals(this.head)
        : head.length >= headLength && markOf(head.subarray(0, headLength)) === this.place.head;
    if (isSame) this.head = head;
    return isSame;
  }

  /** The place after `consumed` of these bytes, which lie at its offset. */
  placeAfter(bytes: Buffer, { consumed, isSkipping }: { consumed: number; isSkipping: boolean }, t: number): FilePlace {
    const tail = bytes.subarray(Math.max(0, consumed - TAIL_BYTES), consumed);
    return {
      ...this.place,
      offset: this.place.offset + consumed,
      isSkipping,
      headLength: this.head.length,
      head: markOf(this.head),
      ...(consumed === 0 ? {} : { tailLength: tail.length, tail: markOf(tail) }),
      t,
    };
  }
}
