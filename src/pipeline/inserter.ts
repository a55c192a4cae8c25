import { AppError, messageOf } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import type { SpoolDirectory } from '#storage/spool/spool-directory.ts';
import { type SpoolFile, spoolFilePath, spoolFileTime } from '#storage/spool/spool-file.ts';
import { InsertQueue, type QueuedFile } from './insert-queue.ts';
import type { InputRows } from './protocol.ts';

export type InserterOptions = {
  readonly tables: readonly string[];
  readonly spool: SpoolDirectory;
  readonly store: Pick<TelemetryStore, 'insertFile'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onStored: (queued: QueuedFile) => void;
  /** The file was put aside, into `bad/`. */
  readonly onBad: (queued: QueuedFile) => void;
};

const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 2_000;
const MAX_REFUSALS = 3;

/**
 * Brings spool files into the store, one at a time per table, for ever: while the store is away they wait. A file is
 * deleted after the store has answered; should this process end in between, the deduplication token makes the repeated
 * insert change nothing.
 */
export class Inserter {
  readonly #options: InserterOptions;
  readonly #queues: ReadonlyMap<string, InsertQueue>;
  readonly #current = new Map<string, QueuedFile>();
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
    return [...[...this.#queues.values()].flatMap((queue) => queue.waiting), ...this.#current.values()].map(
      (queued) => queued.file,
    );
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
    while (!signal.aborted) {
      const { added } = queue;
      const queued = queue.take();
      if (queued === undefined) {
        await Promise.race([added, stopped]);
        continue;
      }
      this.#current.set(table, queued);
      const isGone = await this.#insert(queued, queue);
      this.#current.delete(table);
      if (isGone) this.#gone(queued.file.id);
    }
  }

  #gone(id: string): void {
    for (const { files, settled } of this.#settling) if (files.delete(id) && files.size === 0) settled.resolve();
    this.#settling = this.#settling.filter(({ files }) => files.size > 0);
  }

  /** Whether the file is stored or put aside; else it is at the end of the queue, or everything stops. */
  async #insert(queued: QueuedFile, queue: InsertQueue): Promise<boolean> {
    const { spool, store, clock, logger, onStored } = this.#options;
    const { file } = queued;
    if (queued.inputs === undefined && !(await this.#isWhole(file))) return this.#putAside(queued, 'damaged');
    for (let backoffMs = FIRST_BACKOFF_MS; !this.#stopped.signal.aborted; ) {
      try {
        await store.insertFile(file.table, spoolFilePath(spool.path, file), file.id);
        this.#problem = '';
        await spool.remove(file);
        onStored(queued);
        return true;
      } catch (error) {
        this.#problem = messageOf(error);
        if (isDataError(error)) return this.#refused(queued, queue);
        logger.debug({ err: error, table: file.table, file: file.id }, 'the store did not take a batch, trying again');
        await clock.sleep(backoffMs, this.#stopped.signal);
        backoffMs = Math.min(MAX_BACKOFF_MS, backoffMs * 2);
      }
    }
    return false;
  }

  async #refused(queued: QueuedFile, queue: InsertQueue): Promise<boolean> {
    queued.refusals += 1;
    if (queued.refusals >= MAX_REFUSALS) return this.#putAside(queued, this.#problem);
    await this.#options.clock.sleep(FIRST_BACKOFF_MS, this.#stopped.signal);
    queue.add(queued);
    return false;
  }

  async #putAside(queued: QueuedFile, reason: string): Promise<boolean> {
    const { file } = queued;
    this.#options.logger.error(
      { table: file.table, file: file.id, rows: file.rows, reason },
      'batch put aside in bad/',
    );
    await this.#options.spool.quarantine(file);
    this.#options.onBad(queued);
    return true;
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
