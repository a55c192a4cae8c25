import type { LogFields } from '#core/model/log-record.ts';
import { ByteColumn } from './byte-column.ts';
import { grown } from './growing.ts';

const FIRST_ROWS = 1 << 10;
const NONE: LogFields = [];

/** A Map(String, String) column in Native layout: how many pairs there are up to each row, all names, all values. */
export class MapColumn {
  readonly names = new ByteColumn();
  readonly values = new ByteColumn();
  #ends = new Uint32Array(FIRST_ROWS);

  get bytes(): number {
    return this.names.length + this.values.length;
  }

  /** The pairs of `row`, which comes after all others; `more` are further ones. */
  append(row: number, fields: LogFields, more: LogFields = NONE): void {
    const { names, values } = this;
    for (let i = 0; i + 1 < fields.length; i += 2) {
      names.text(fields[i] as string);
      values.text(fields[i + 1] as string);
    }
    if (more.length > 0) this.#more(more);
    this.#ends = grown(this.#ends, row + 1);
    this.#ends[row] = this.#pairsBefore(row) + (fields.length >> 1) + (more.length >> 1);
  }

  /** Takes rows `[from, to)` of `rows` out again. */
  remove(from: number, to: number, rows: number): void {
    const [first, end] = [this.#pairsBefore(from), this.#pairsBefore(to)];
    this.names.remove(first, end);
    this.values.remove(first, end);
    this.#ends.copyWithin(from, to, rows);
    for (let row = from; row < rows - (to - from); row += 1) this.#ends[row] = (this.#ends[row] ?? 0) - (end - first);
  }

  /** The 64-bit offsets of `rows` rows. */
  offsets(rows: number): Uint32Array {
    const words = new Uint32Array(2 * rows);
    for (let row = 0; row < rows; row += 1) words[2 * row] = this.#ends[row] as number;
    return words;
  }

  clear(): void {
    this.names.clear();
    this.values.clear();
  }

  #more(fields: LogFields): void {
    for (const [i, text] of fields.entries()) (i % 2 === 0 ? this.names : this.values).text(text);
  }

  #pairsBefore(row: number): number {
    return row === 0 ? 0 : (this.#ends[row - 1] as number);
  }
}
