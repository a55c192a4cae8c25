import { randomUUID } from 'node:crypto';
import { AppError, messageOf } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { groupRecord } from '#storage/spool/group-record.ts';
import type { SpoolDirectory } from '#storage/spool/spool-directory.ts';
import { type SpoolFile, spoolFilePath, spoolFileTime } from '#storage/spool/spool-file.ts';
import { InsertQueue, type QueuedFile } from './insert-queue.ts';
import type { InputRows } from './protocol.ts';

export type InserterOptions = {
  readonly tables: readonly string[];
  readonly spool: SpoolDirectory;
  readonly store: Pick<TelemetryStore, 'insertFiles'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onStored: (queued: QueuedFile) => void;
  /** The file was put aside, into `bad/`. */
  readonly onBad: (queued: QueuedFile) => void;
};

const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 2_000;
const MAX_REFUSALS = 3;

/** What goes into the store with one insert: one file under its own id, or several under a token of their own. */
type Load = { readonly table: string; readonly token: string; readonly members: readonly QueuedFile[] };

/**
 * Brings spool files into the store, one insert at a time per table, for ever: while the store is away they wait. Small
 * files that wait go in together (docs/adr/017). A file is deleted after the store has answered; should this process end in
 * between, the deduplication token makes the repeated insert change nothing.
 */
export class Inserter {
  readonly #options: InserterOptions;
  readonly #queues: ReadonlyMap<string, InsertQueue>;
  /** The members of the loads that are on their way, by table. */
  readonly #current = new Map<string, readonly QueuedFile[]>();
  readonly #stopped = new AbortController();
  #loops: Promise<void>[] = [];
  /** Who waits for files to leave, with the ids of those that are still there. */
  #settling: { readonly files: Set<string>; readonly settled: PromiseWithResolvers<void> }[] = [];
  #problem = '';

  constructor(options: InserterOptions) {
    this.#options = options;
    this.#queues = new Map(options.tables.map((table) => [table, new InsertQueue()]));
  }

  start(): void {
    this.#loops = [...this.#queues].map(([table, queue]) => this.#run(table, queue));
  }

  /** A file of this process (with its inputs) or one found in the spool (without). */
  add(file: SpoolFile, inputs: InputRows | undefined): void {
    this.#queues.get(file.table)?.add({ file, inputs, refusals: 0 });
  }

  /** Resolves when every file that waits now is in the store or put aside. Throws `unavailable` at a stop. */
  async settled(): Promise<void> {
    const files = new Set(this.waiting.map((file) => file.id));
    if (files.size === 0) return;
    const settled = Promise.withResolvers<void>();
    this.#settling.push({ files, settled });
    await settled.promise;
  }

  /** Resolves when nothing waits any more, when the store is away, or when the time is over. */
  async drain(limitMs: number): Promise<void> {
    const { clock } = this.#options;
    const end = clock.monotonic() + limitMs;
    while (this.waiting.length > 0 && this.#problem === '' && clock.monotonic() < end) await clock.sleep(20);
  }

  /** Ends after the inserts that are running, at most after the limit: one that is cut off is repeated at start. */
  async stop(limitMs: number): Promise<void> {
    this.#stopped.abort();
    const stopped = new AppError('unavailable', 'the intake stops before everything is in the store');
    for (const { settled } of this.#settling.splice(0)) settled.reject(stopped);
    const ended = new AbortController();
    const loops = Promise.all(this.#loops).finally(() => ended.abort());
    await Promise.race([loops, this.#options.clock.sleep(limitMs, ended.signal)]);
  }

  /** Files that are not in the store yet. */
  get waiting(): readonly SpoolFile[] {
    const queues = [...this.#queues.values()].flatMap((queue) => queue.waiting);
    return [...queues, ...[...this.#current.values()].flat()].map((queued) => queued.file);
  }

  /** When the oldest waiting batch was written, ms since the epoch. */
  get oldest(): number | undefined {
    const times = this.waiting.map(spoolFileTime);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Why the last insert failed; '' when it did not. */
  get problem(): string {
    return this.#problem;
  }

  async #run(table: string, queue: InsertQueue): Promise<void> {
    const { signal } = this.#stopped;
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    await this.#finishGroup(table, queue);
    while (!signal.aborted) {
      const { added } = queue;
      const members = queue.take();
      if (members.length === 0) {
        await Promise.race([added, stopped]);
        continue;
      }
      // From here until they are stored they are current: nobody may take them for gone in between.
      this.#current.set(table, members);
      await this.#carry(await this.#loadOf(table, members, queue), queue);
    }
  }

  /**
   * The group that an earlier process had begun. Its files are removed once the store has all of them: when some are gone,
   * the others are stored too; when none is, the same insert is repeated, and its token makes that change nothing.
   */
  async #finishGroup(table: string, queue: InsertQueue): Promise<void> {
    const group = await groupRecord(this.#options.spool.path, table).begun();
    const ids = group?.ids ?? [];
    const left = queue.claim(ids);
    if (group === undefined || left.length === 0) return;
    this.#current.set(table, left);
    const isWhole = left.length === ids.length;
    if (isWhole) return this.#carry({ table, members: left, token: group.token }, queue);
    for (const queued of left) await this.#remove(queued);
    this.#current.delete(table);
    for (const queued of left) this.#gone(queued.file.id);
  }

  /** Members that go in together, written down durably; where there is no room for that, the first alone. */
  async #loadOf(table: string, members: readonly QueuedFile[], queue: InsertQueue): Promise<Load> {
    const [first, ...others] = members as readonly [QueuedFile, ...QueuedFile[]];
    const alone: Load = { table, members: [first], token: first.file.id };
    if (others.length === 0) return alone;
    const token = randomUUID();
    try {
      await groupRecord(this.#options.spool.path, table).begin({ token, ids: members.map(({ file }) => file.id) });
      return { table, members, token };
    } catch (error) {
      this.#options.logger.debug({ err: error }, 'batches go into the store one by one');
      queue.giveBack(others);
      return alone;
    }
  }

  async #carry(load: Load, queue: InsertQueue): Promise<void> {
    this.#current.set(load.table, load.members);
    const gone = await this.#insert(load, queue);
    this.#current.delete(load.table);
    for (const queued of gone) this.#gone(queued.file.id);
  }

  #gone(id: string): void {
    for (const { files, settled } of this.#settling) if (files.delete(id) && files.size === 0) settled.resolve();
    this.#settling = this.#settling.filter(({ files }) => files.size > 0);
  }

  /** The files that are stored or put aside; the others are at the end of the queue, or everything stops. */
  async #insert(load: Load, queue: InsertQueue): Promise<readonly QueuedFile[]> {
    const { spool, store } = this.#options;
    const members = await this.#wholeOf(load);
    // Without one of them it is another insert, which the token would not tell from the first.
    if (members.length < load.members.length) return this.#separate(load, members, queue);
    const files = members.map(({ file }) => spoolFilePath(spool.path, file));
    const tokens = members.map(({ file }) => file.id);
    try {
      const isStored = await this.#attempt(() => store.insertFiles(load.table, { files, tokens }, load.token));
      if (!isStored) return [];
    } catch {
      return this.#refused({ ...load, members }, queue);
    }
    for (const queued of members) if (!(await this.#remove(queued))) return [];
    return members;
  }

  /** False: everything stops. */
  async #remove(queued: QueuedFile): Promise<boolean> {
    const isRemoved = await this.#attempt(() => this.#options.spool.remove(queued.file));
    if (isRemoved) this.#options.onStored(queued);
    return isRemoved;
  }

  /** Some of a load were damaged and put aside: the others go in one by one. */
  async #separate({ table, members }: Load, whole: readonly QueuedFile[], queue: InsertQueue) {
    if (members.length > 1) await this.#dissolve(table);
    for (const queued of whole) queue.add(queued);
    return members.filter((queued) => !whole.includes(queued));
  }

  #dissolve(table: string): Promise<boolean> {
    return this.#attempt(() => groupRecord(this.#options.spool.path, table).dissolve());
  }

  /** Repeats what may pass until it is done; false: everything stops. Throws what will never pass. */
  async #attempt(run: () => Promise<void>): Promise<boolean> {
    const { clock, logger } = this.#options;
    for (let backoffMs = FIRST_BACKOFF_MS; !this.#stopped.signal.aborted; ) {
      try {
        await run();
        this.#problem = '';
        return true;
      } catch (error) {
        this.#problem = messageOf(error);
        if (isDataError(error)) throw error;
        logger.debug({ err: error }, 'the store did not take a batch, trying again');
        await clock.sleep(backoffMs, this.#stopped.signal);
        backoffMs = Math.min(MAX_BACKOFF_MS, backoffMs * 2);
      }
    }
    return false;
  }

  /** Those whose bytes are as they were written; others are put aside. Files of this process were synced by it. */
  async #wholeOf({ members }: Load): Promise<readonly QueuedFile[]> {
    const whole: QueuedFile[] = [];
    for (const queued of members) {
      if (queued.inputs !== undefined || (await this.#isWhole(queued.file))) whole.push(queued);
      else await this.#putAside(queued, 'damaged');
    }
    return whole;
  }

  /** The data of one of them is refused, so none is stored: they go one by one from now on, and the hopeless aside. */
  async #refused({ table, members }: Load, queue: InsertQueue): Promise<readonly QueuedFile[]> {
    if (members.length > 1) await this.#dissolve(table);
    for (const queued of members) queued.refusals += 1;
    const hopeless = members.filter(({ refusals }) => refusals >= MAX_REFUSALS);
    for (const queued of hopeless) await this.#putAside(queued, this.#problem);
    const others = members.filter((queued) => !hopeless.includes(queued));
    if (others.length > 0) await this.#options.clock.sleep(FIRST_BACKOFF_MS, this.#stopped.signal);
    for (const queued of others) queue.add(queued);
    return hopeless;
  }

  async #putAside(queued: QueuedFile, reason: string): Promise<void> {
    const { file } = queued;
    this.#options.logger.error(
      { table: file.table, file: file.id, rows: file.rows, reason },
      'batch put aside in bad/',
    );
    await this.#options.spool.quarantine(file);
    this.#options.onBad(queued);
  }

  async #isWhole(file: SpoolFile): Promise<boolean> {
    try {
      return await this.#options.spool.isWhole(file);
    } catch (error) {
      this.#options.logger.error({ err: error, file: file.id }, 'batch cannot be read');
      return false;
    }
  }
}

/** The contract of the store: `bad_request` = this file can never be inserted; anything else may pass. */
function isDataError(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'bad_request' || error.code === 'not_found');
}
