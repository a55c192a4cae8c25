const TWO_32 = 2 ** 32;
const FIRST_SIZE = 256;

/** Writes bits one after the other, the highest of each byte first. */
export class BitWriter {
  #bytes = new Uint8Array(FIRST_SIZE);
  #bits = 0;

  /** The lowest `count` bits (at most 32) of a 32-bit number. */
  write(value: number, count: number): void {
    this.#reserve(count);
    for (let left = count; left > 0; ) {
      const free = 8 - (this.#bits & 7);
      const taken = Math.min(free, left);
      const part = (value >>> (left - taken)) & (0xff >>> (8 - taken));
      const at = this.#bits >>> 3;
      this.#bytes[at] = (this.#bytes[at] as number) | (part << (free - taken));
      this.#bits += taken;
      left -= taken;
    }
  }

  /** The lowest `count` bits (at most 64) of a number of two 32-bit words. */
  writeWords(high: number, low: number, count: number): void {
    if (count > 32) this.write(high, count - 32);
    this.write(low, Math.min(count, 32));
  }

  /** A whole number as 64 bits of two's complement. */
  writeInt64(value: number): void {
    const high = Math.floor(value / TWO_32);
    this.writeWords(high >>> 0, (value - high * TWO_32) >>> 0, 64);
  }

  /** A whole number from 0 as a base-128 varint. */
  writeVarint(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.write((rest % 0x80) | 0x80, 8);
    this.write(rest, 8);
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, (this.#bits + 7) >>> 3);
  }

  #reserve(count: number): void {
    if (this.#bits + count <= this.#bytes.length * 8) return;
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
