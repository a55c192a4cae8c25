import type { Batch } from './batch.ts';
import type { SeriesCatalogue } from './series-catalogue.ts';

const TWO_32 = 4_294_967_296;
const BYTES_PER_ROW = 28;
const HEADER_BYTES = 128;

const columnHeader = (name: string, type: string): Uint8Array =>
  Buffer.from([name.length, ...Buffer.from(name), type.length, ...Buffer.from(type)]);

const FAMILY = columnHeader('family', 'UInt32');
const ID = columnHeader('id', 'UInt64');
const TIME = columnHeader('t', 'DateTime64(3)');
const VALUE = columnHeader('v', 'Float64');

/**
 * The rows of a batch as one Native block of table `samples`, the same bytes that `encodeNative` gives. Written for the
 * machine because it runs for every sample: one pass per column straight into one buffer that is used again and again,
 * so that nothing is allocated, copied twice or faulted in (a batch is up to 28 MB).
 */
export class SamplesEncoder {
  #bytes = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;

  /** The block; valid until the next call. */
  encode(batch: Batch, catalogue: SeriesCatalogue): Uint8Array {
    this.#reserve(HEADER_BYTES + batch.rows * BYTES_PER_ROW);
    this.#at = 0;
    this.#varuint(4);
    this.#varuint(batch.rows);
    this.#put(FAMILY);
    this.#families(batch, catalogue.family);
    this.#put(ID);
    this.#ids(batch, catalogue.idWords);
    this.#put(TIME);
    this.#times(batch);
    this.#put(VALUE);
    this.#put(new Uint8Array(batch.v.buffer, 0, batch.rows * 8));
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
