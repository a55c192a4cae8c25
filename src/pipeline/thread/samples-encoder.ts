import { FLOAT_BITS, STALE_BITS } from '#storage/clickhouse/schema/sample-value.ts';
import type { Batch } from './batch.ts';
import { decimalsOf, isQuotient, POWERS_OF_TEN } from './decimals.ts';
import type { SeriesCatalogue } from './series-catalogue.ts';

const TWO_32 = 4_294_967_296;
const BYTES_PER_ROW = 29;
const HEADER_BYTES = 128;

const columnHeader = (name: string, type: string): Uint8Array =>
  Buffer.from([name.length, ...Buffer.from(name), type.length, ...Buffer.from(type)]);

const FAMILY = columnHeader('family', 'UInt32');
const ID = columnHeader('id', 'UInt64');
const TIME = columnHeader('t', 'DateTime64(3)');
const INTEGER = columnHeader('m', 'Int64');
const DECIMALS = columnHeader('e', 'UInt8');
/** A series without decimal forms is asked once in so many values whether it has them now; prime, so that all are. */
const ASK_AGAIN = 61;

/**
 * The rows of a batch as one Native block of table `samples`, the same bytes that `encodeNative` gives. Written for the
 * machine because it runs for every sample: one pass per column straight into one buffer that is used again and again,
 * so that nothing is allocated, copied twice or faulted in (a batch is up to 29 MB).
 */
export class SamplesEncoder {
  #bytes = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;
  #unasked = 0;

  /** The block; valid until the next call. */
  encode(batch: Batch, catalogue: SeriesCatalogue): Uint8Array {
    this.#reserve(HEADER_BYTES + batch.rows * BYTES_PER_ROW);
    this.#at = 0;
    this.#varuint(5);
    this.#varuint(batch.rows);
    this.#put(FAMILY);
    this.#families(batch, catalogue.family);
    this.#put(ID);
    this.#ids(batch, catalogue.idWords);
    this.#put(TIME);
    this.#times(batch);
    this.#put(INTEGER);
    const valuesAt = this.#at;
    this.#values(batch, catalogue.decimals);
    this.#stale(batch, valuesAt);
    return this.#bytes.subarray(0, this.#at);
  }

  #families({ rows, ordinal }: Batch, family: Uint32Array): void {
    const view = this.#view;
    let at = this.#at;
    for (let row = 0; row < rows; row += 1, at += 4) {
      view.setUint32(at, family[ordinal[row] as number] as number, true);
    }
    this.#at = at;
  }

  #ids({ rows, ordinal }: Batch, words: Uint32Array): void {
    const view = this.#view;
    let at = this.#at;
    for (let row = 0; row < rows; row += 1, at += 8) {
      const word = 2 * (ordinal[row] as number);
      view.setUint32(at, words[word] as number, true);
      view.setUint32(at + 4, words[word + 1] as number, true);
    }
    this.#at = at;
  }

  #times({ rows, t }: Batch): void {
    const view = this.#view;
    let at = this.#at;
    for (let row = 0; row < rows; row += 1, at += 8) {
      const ms = t[row] as number;
      const high = Math.floor(ms / TWO_32);
      view.setUint32(at, ms - high * TWO_32, true);
      view.setUint32(at + 4, high, true);
    }
    this.#at = at;
  }

  /** Both columns of the values. A series keeps its number of decimals where it can: its integers are then comparable. */
  #values({ rows, ordinal, v }: Batch, decimals: Uint8Array): void {
    const view = this.#view;
    const bits = new Uint32Array(v.buffer, 0, rows * 2);
    let at = this.#at;
    this.#at += rows * 8;
    this.#put(DECIMALS);
    const bytes = this.#bytes;
    let codeAt = this.#at;
    this.#at += rows;
    for (let row = 0; row < rows; row += 1, at += 8, codeAt += 1) {
      const value = v[row] as number;
      const series = ordinal[row] as number;
      let code = decimals[series] as number;
      const small = value | 0;
      if (code === 0 && small === value && small !== 0) {
        bytes[codeAt] = 0;
        view.setInt32(at, small, true);
        view.setInt32(at + 4, small >> 31, true);
        continue;
      }
      let integer = Math.round(value * (POWERS_OF_TEN[code] as number));
      if (!isQuotient(value, integer, POWERS_OF_TEN[code] as number)) {
        code = this.#otherDecimals(value, series, decimals);
        integer = Math.round(value * (POWERS_OF_TEN[code] as number));
      }
      bytes[codeAt] = code;
      const low = integer | 0;
      if (low === integer) {
        view.setInt32(at, low, true);
        view.setInt32(at + 4, low >> 31, true);
      } else if (code === FLOAT_BITS) {
        view.setUint32(at, bits[2 * row] as number, true);
        view.setUint32(at + 4, bits[2 * row + 1] as number, true);
      } else {
        const high = Math.floor(integer / TWO_32);
        view.setUint32(at, integer - high * TWO_32, true);
        view.setInt32(at + 4, high, true);
      }
    }
  }

  /** The values of stale markers were written as some NaN. */
  #stale({ rows, stale }: Batch, valuesAt: number): void {
    const codesAt = this.#at - rows;
    for (const row of stale) {
      this.#view.setBigUint64(valuesAt + row * 8, STALE_BITS, true);
      this.#bytes[codesAt + row] = FLOAT_BITS;
    }
  }

  /** For a value that the series' number of decimals does not fit; NaN and the like change nothing for the series. */
  #otherDecimals(value: number, series: number, decimals: Uint8Array): number {
    if (decimals[series] === FLOAT_BITS) {
      this.#unasked += 1;
      if (this.#unasked < ASK_AGAIN) return FLOAT_BITS;
      this.#unasked = 0;
    }
    const found = decimalsOf(value);
    if (found !== FLOAT_BITS || (Number.isFinite(value) && value !== 0)) decimals[series] = found;
    return found;
  }

  #varuint(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest >>>= 7) this.#bytes[this.#at++] = (rest & 0x7f) | 0x80;
    this.#bytes[this.#at++] = rest;
  }

  #put(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  #reserve(size: number): void {
    if (size <= this.#bytes.length) return;
    this.#bytes = new Uint8Array(size);
    this.#view = new DataView(this.#bytes.buffer);
  }
}
