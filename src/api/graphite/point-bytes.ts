import type { Series } from '#query/graphite/series.ts';
import { jsonNumber } from './json-number.ts';

const FIRST_BYTES = 1 << 16;
/** The longest number, with what stands around it. */
const POINT_BYTES = 64;
const SMALL = 1_000_000_000;

/**
 * Writes the points of series as JSON, `[1.5, 1700000000], [null, 1700000060]`, into memory that is used again: an answer of
 * a hundred thousand points makes no strings that live longer than one number.
 */
export class PointBytes {
  readonly #times = new TimeBytes();
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #at = 0;

  /** The points of one series, without brackets around them; valid until the next call. */
  write(series: Series, noNullPoints: boolean): Uint8Array {
    const { values, start, step } = series;
    const count = Math.max(0, Math.min(values.length, Math.floor((series.end - start) / step) + 1));
    const { bytes: ends, offsets } = this.#times.of(series, count);
    this.#at = 0;
    for (let i = 0; i < count; i++) {
      const value = values[i] as number;
      if (noNullPoints && Number.isNaN(value)) continue;
      this.#reserve();
      if (this.#at > 0) this.#bytes.writeUInt16BE(0x2c20, this.#forward(2));
      this.#bytes[this.#at++] = 0x5b;
      this.#number(value);
      const to = offsets[i + 1] as number;
      for (let at = offsets[i] as number; at < to; at++) this.#bytes[this.#at++] = ends[at] as number;
    }
    return this.#bytes.subarray(0, this.#at);
  }

  #number(value: number): void {
    if (value >= 0 && value < SMALL && (value | 0) === value) return this.#digits(value);
    const text = jsonNumber(value);
    for (let i = 0; i < text.length; i++) this.#bytes[this.#at++] = text.charCodeAt(i);
  }

  /** A whole number below {@link SMALL}. */
  #digits(value: number): void {
    let scale = 1;
    while (scale * 10 <= value) scale *= 10;
    for (let rest = value; scale >= 1; scale = (scale / 10) | 0) {
      const digit = (rest / scale) | 0;
      this.#bytes[this.#at++] = 0x30 + digit;
      rest -= digit * scale;
    }
  }

  #forward(bytes: number): number {
    const at = this.#at;
    this.#at += bytes;
    return at;
  }

  #reserve(): void {
    if (this.#at + POINT_BYTES <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Ends of points, `, 1700000000]`, one after the other: series of one grid share them. */
class TimeBytes {
  #key = '';
  bytes = Buffer.alloc(0);
  offsets = new Uint32Array(1);

  of({ start, step }: Series, count: number): this {
    const key = `${start} ${step} ${count}`;
    if (key === this.#key) return this;
    this.#key = key;
    const texts = Array.from({ length: count }, (_, i) => `, ${start + i * step}]`);
    this.bytes = Buffer.from(texts.join(''), 'latin1');
    this.offsets = new Uint32Array(count + 1);
    for (const [i, text] of texts.entries()) this.offsets[i + 1] = (this.offsets[i] as number) + text.length;
    return this;
  }
}
