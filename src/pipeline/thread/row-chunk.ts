import type { TimeSpan } from '#core/model/time-span.ts';
import type { InputRows } from '#pipeline/protocol.ts';
import { DAY_MS } from './batch.ts';
import type { SeriesTimes } from './blocks.ts';

/** A table whose rows are few or large enough to be objects until they are encoded; samples are columns instead. */
export type RowTable<Row> = {
  readonly table: string;
  /** Rows that may wait for the disk; beyond it `append` refuses. */
  readonly maxRows: number;
  /** Whether its rows are records in the accounts. */
  readonly isCounted: boolean;
  /** The time (ms) of a row whose table has daily partitions: files never span them. */
  readonly time?: (row: Row) => number;
  /** The ordinal of the series that a row belongs to: it is registered before the row is written. */
  readonly series?: (row: Row) => number;
  readonly encode: (rows: readonly Row[]) => Uint8Array;
  /** A row is taken out again: its sender is told that it is not kept. */
  readonly onRemoved?: (row: Row) => void;
};

/** Rows that become one file of the spool. */
export type Chunk = {
  readonly table: string;
  readonly isCounted: boolean;
  readonly rows: number;
  readonly seriesTimes: SeriesTimes;
  /** Rows of each input. */
  readonly counts: InputRows;
  /** Where the times of its rows lie, where who reads the store is told of it. */
  readonly spans?: readonly TimeSpan[];
  /** Takes rows `[from, to)`, all of one input, out again. */
  readonly remove: (from: number, to: number) => void;
  readonly encode: () => Uint8Array;
  /** The rows are on the disk, or given up. */
  readonly done: () => void;
};

/** The rows of one table that wait for the disk. */
export class OpenRows<Row> {
  readonly #table: RowTable<Row>;
  readonly #byDay = new Map<number, RowChunk<Row>>();
  /** Rows that were not handed over yet. */
  rows = 0;
  /** Rows in memory, also those that were handed over and are not written. */
  waiting = 0;

  constructor(table: RowTable<Row>) {
    this.#table = table;
  }

  /** False: too many rows are waiting, this one is not taken. */
  append(row: Row, input: number): boolean {
    const { time, maxRows } = this.#table;
    if (this.waiting >= maxRows) return false;
    const day = time === undefined ? 0 : Math.floor(time(row) / DAY_MS);
    let chunk = this.#byDay.get(day);
    if (chunk === undefined) {
      chunk = new RowChunk(this.#table, (rows) => (this.waiting -= rows));
      this.#byDay.set(day, chunk);
    }
    chunk.append(row, input);
    this.rows += 1;
    this.waiting += 1;
    return true;
  }

  get all(): readonly Chunk[] {
    return [...this.#byDay.values()];
  }

  /** Hands the rows over. */
  take(): readonly Chunk[] {
    const taken = this.all;
    this.#byDay.clear();
    this.rows = 0;
    return taken;
  }
}

class RowChunk<Row> implements Chunk {
  readonly #table: RowTable<Row>;
  readonly #onGone: (rows: number) => void;
  readonly #rows: Row[] = [];
  readonly #inputs: number[] = [];

  constructor(table: RowTable<Row>, onGone: (rows: number) => void) {
    this.#table = table;
    this.#onGone = onGone;
  }

  get table(): string {
    return this.#table.table;
  }

  get isCounted(): boolean {
    return this.#table.isCounted;
  }

  get rows(): number {
    return this.#rows.length;
  }

  get seriesTimes(): SeriesTimes {
    const { series, time } = this.#table;
    if (series === undefined || time === undefined) return { rows: 0, ordinal: [], t: [] };
    return { rows: this.rows, ordinal: this.#rows.map(series), t: this.#rows.map(time) };
  }

  get counts(): InputRows {
    const counts = new Map<number, number>();
    for (const input of this.#inputs) counts.set(input, (counts.get(input) ?? 0) + 1);
    return [...counts];
  }

  append(row: Row, input: number): void {
    this.#rows.push(row);
    this.#inputs.push(input);
  }

  remove(from: number, to: number): void {
    this.#inputs.splice(from, to - from);
    for (const row of this.#rows.splice(from, to - from)) this.#table.onRemoved?.(row);
    this.#onGone(to - from);
  }

  encode(): Uint8Array {
    return this.#table.encode(this.#rows);
  }

  done(): void {
    this.#onGone(this.rows);
  }
}
