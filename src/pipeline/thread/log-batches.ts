import type { LogRecord } from '#core/model/log-record.ts';
import type { TimeSpan } from '#core/model/time-span.ts';
import { DAY_MS } from './batch.ts';
import { LogColumns, type LogRow } from './log-columns.ts';
import type { Chunk } from './row-chunk.ts';

/** Text that may wait for the disk; beyond it `append` refuses. */
const MAX_WAITING_BYTES = 256 * 2 ** 20;
/** Columns whose memory is kept for the next batches. */
const MAX_SPARE = 2;
const NO_SERIES = { rows: 0, ordinal: [], t: [] };

/** The log records that wait for the disk: one batch per UTC day, a file of the spool never spans days. */
export class LogBatches {
  readonly #byDay = new Map<number, LogBatch>();
  readonly #spare: LogColumns[] = [];
  #current: LogBatch | undefined;
  /** Bytes of text that were handed over and are not written. */
  #leaving = 0;

  /** False: too much is waiting, the record is not taken. */
  append(record: LogRecord, row: LogRow, input: number): boolean {
    const day = Math.floor(row.us / 1000 / DAY_MS);
    const batch = this.#current?.day === day ? this.#current : this.#open(day);
    if (this.#leaving + batch.columns.bytes > MAX_WAITING_BYTES) return false;
    batch.columns.append(record, row, input);
    return true;
  }

  get rows(): number {
    let rows = 0;
    for (const batch of this.#byDay.values()) rows += batch.rows;
    return rows;
  }

  /** Bytes of text in the batches. */
  get bytes(): number {
    let bytes = 0;
    for (const { columns } of this.#byDay.values()) bytes += columns.bytes;
    return bytes;
  }

  get all(): readonly LogBatch[] {
    return [...this.#byDay.values()];
  }

  /** Hands the batches over. */
  take(): readonly Chunk[] {
    const taken = this.all.filter((batch) => batch.rows > 0);
    for (const batch of this.#byDay.values()) this.#leaving += batch.leave();
    this.#byDay.clear();
    this.#current = undefined;
    return taken;
  }

  #open(day: number): LogBatch {
    let batch = this.#byDay.get(day);
    if (batch === undefined) {
      batch = new LogBatch(day, this.#spare.pop() ?? new LogColumns(), (columns, bytes) => this.#free(columns, bytes));
      this.#byDay.set(day, batch);
    }
    this.#current = batch;
    return batch;
  }

  #free(columns: LogColumns, bytes: number): void {
    this.#leaving -= bytes;
    columns.clear();
    if (this.#spare.length < MAX_SPARE) this.#spare.push(columns);
  }
}

class LogBatch implements Chunk {
  readonly table = 'logs';
  readonly isCounted = true;
  readonly seriesTimes = NO_SERIES;
  readonly day: number;
  readonly columns: LogColumns;
  readonly #onDone: (columns: LogColumns, bytes: number) => void;
  /** Bytes it had when it was handed over. */
  #bytes = 0;

  constructor(day: number, columns: LogColumns, onDone: (columns: LogColumns, bytes: number) => void) {
    this.day = day;
    this.columns = columns;
    this.#onDone = onDone;
  }

  get rows(): number {
    return this.columns.rows;
  }

  get counts(): Chunk['counts'] {
    return this.columns.counts;
  }

  get spans(): readonly TimeSpan[] {
    return this.columns.spans;
  }

  /** It is handed over; returns how many bytes of text it has. */
  leave(): number {
    this.#bytes = this.columns.bytes;
    return this.#bytes;
  }

  remove(from: number, to: number): void {
    this.columns.remove(from, to);
  }

  encode(): Uint8Array {
    return this.columns.encode();
  }

  done(): void {
    this.#onDone(this.columns, this.#bytes);
  }
}
