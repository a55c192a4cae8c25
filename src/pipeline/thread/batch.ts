import { MAX_INPUTS } from '#pipeline/ledger.ts';

export const DAY_MS = 86_400_000;
const FIRST_ROWS = 1 << 12;

/** Samples of one UTC day in order of arrival, as columns: series ordinal, time in ms, value. */
export class Batch {
  readonly from: number;
  readonly to: number;
  readonly isCounted = true;
  rows = 0;
  ordinal: Uint32Array;
  t: Float64Array;
  v: Float64Array;
  /** Rows of each input. */
  readonly inputRows = new Uint32Array(MAX_INPUTS);
  /** Rows, ascending, that are stale markers: a number does not carry their bits. */
  stale: number[] = [];

  constructor(day: number, capacity = FIRST_ROWS) {
    this.from = day * DAY_MS;
    this.to = this.from + DAY_MS;
    this.ordinal = new Uint32Array(capacity);
    this.t = new Float64Array(capacity);
    this.v = new Float64Array(capacity);
  }

  append(ordinal: number, t: number, v: number, input: number): void {
    const row = this.rows;
    if (row === this.ordinal.length) this.#grow();
    this.ordinal[row] = ordinal;
    this.t[row] = t;
    this.v[row] = v;
    this.rows = row + 1;
    this.inputRows[input] = (this.inputRows[input] as number) + 1;
  }

  /** Marks the end of a series. */
  appendStale(ordinal: number, t: number, input: number): void {
    this.stale.push(this.rows);
    this.append(ordinal, t, Number.NaN, input);
  }

  /** Takes rows `[from, to)` of one input out again. */
  remove(from: number, to: number, input: number): void {
    this.ordinal.copyWithin(from, to, this.rows);
    this.t.copyWithin(from, to, this.rows);
    this.v.copyWithin(from, to, this.rows);
    this.rows -= to - from;
    this.stale = this.stale.flatMap((row) => (row < from ? [row] : row < to ? [] : [row - (to - from)]));
    this.inputRows[input] = (this.inputRows[input] ?? 0) - (to - from);
  }

  #grow(): void {
    const capacity = this.ordinal.length * 2;
    const { ordinal, t, v } = this;
    this.ordinal = new Uint32Array(capacity);
    this.t = new Float64Array(capacity);
    this.v = new Float64Array(capacity);
    this.ordinal.set(ordinal);
    this.t.set(t);
    this.v.set(v);
  }
}
