import type { SpoolFile } from '#storage/spool/spool-file.ts';
import type { InputRows } from './protocol.ts';

/** A durable batch on its way into the store. */
export type QueuedFile = {
  readonly file: SpoolFile;
  /** Undefined: found in the spool at start. */
  readonly inputs: InputRows | undefined;
  /** How often the store refused its data. */
  refusals: number;
};

/** Together they are one block of the engine, and one part. */
const GROUP_ROWS = 250_000;
const GROUP_BYTES = 48 * 2 ** 20;
const GROUP_FILES = 64;
const DAY_MS = 86_400_000;

/** Files of one table that wait: found ones oldest first, beside a lane of fresh ones, so that neither starves. */
export class InsertQueue {
  readonly #found: QueuedFile[] = [];
  readonly #fresh: QueuedFile[] = [];
  #freshNext = true;
  #wake = Promise.withResolvers<void>();

  add(queued: QueuedFile): void {
    (queued.inputs === undefined ? this.#found : this.#fresh).push(queued);
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }

  /**
   * Takes the next file, with the small fresh ones behind it that can go with it: an insert has a fixed cost, so that what
   * is behind is caught up with sooner together. Empty when there is none. A file that was refused goes alone.
   */
  take(): readonly QueuedFile[] {
    this.#freshNext = !this.#freshNext;
    const found = this.#freshNext || this.#fresh.length === 0 ? this.#found.shift() : undefined;
    if (found !== undefined) return [found];
    const size = groupSize(this.#fresh);
    return this.#fresh.splice(0, size);
  }

  /** Puts fresh files back that were taken. */
  giveBack(files: readonly QueuedFile[]): void {
    this.#fresh.unshift(...files);
  }

  /** Takes the files with these ids, those of them that wait, in the order of the ids. */
  claim(ids: readonly string[]): readonly QueuedFile[] {
    const wanted = new Map(ids.map((id, i) => [id, i]));
    const rank = ({ file }: QueuedFile): number => wanted.get(file.id) ?? -1;
    const claimed = this.waiting.filter((queued) => rank(queued) >= 0).sort((a, b) => rank(a) - rank(b));
    for (const lane of [this.#found, this.#fresh]) {
      lane.splice(0, lane.length, ...lane.filter((queued) => rank(queued) < 0));
    }
    return claimed;
  }

  /** Resolves at the next `add`. */
  get added(): Promise<void> {
    return this.#wake.promise;
  }

  get waiting(): readonly QueuedFile[] {
    return [...this.#found, ...this.#fresh];
  }
}

/** How many of the first files go in together: they never span days, which are partitions of the store. */
function groupSize(files: readonly QueuedFile[]): number {
  const [first] = files;
  if (first === undefined || first.refusals > 0) return Math.min(1, files.length);
  const day = dayOf(first.file);
  let rows = 0;
  let bytes = 0;
  const end = files.findIndex(({ file, refusals }, i) => {
    rows += file.rows;
    bytes += file.bytes;
    return refusals > 0 || rows > GROUP_ROWS || bytes > GROUP_BYTES || i === GROUP_FILES || dayOf(file) !== day;
  });
  return Math.max(1, end < 0 ? files.length : end);
}

function dayOf({ oldest }: SpoolFile): number | undefined {
  return oldest === undefined ? undefined : Math.floor(oldest / DAY_MS);
}
