/** Reads what {@link file://./byte-writer.ts} writes. Throws RangeError at a truncated input. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Bytes read so far. */
  get at(): number {
    return this.#at;
  }

  /** Fills the memory of a typed array. */
  into<A extends ArrayBufferView>(target: A): A {
    const end = this.#advance(target.byteLength);
    const source = this.#bytes.subarray(end - target.byteLength, end);
    new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(source);
    return target;
  }

  varuint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.#bytes[this.#advance(1) - 1] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      if (scale > Number.MAX_SAFE_INTEGER / 0x80) throw new RangeError('a length in the block is out of range');
    }
  }

  text(): string {
    const size = this.varuint();
    const end = this.#advance(size);
    return this.#bytes.toString('utf8', end - size, end);
  }

  texts(count: number): string[] {
    return Array.from({ length: count }, () => this.text());
  }

  /** Array offsets (UInt64 on the wire) as 32-bit ends: a block in memory has fewer than 2^32 elements. */
  ends(rows: number): Uint32Array {
    const wide = this.into(new Uint32Array(rows * 2));
    const ends = new Uint32Array(rows);
    for (let i = 0; i < rows; i += 1) {
      ends[i] = wide[i * 2] ?? 0;
      if (wide[i * 2 + 1] !== 0) throw new RangeError(`an array in the block has more than 2^32 elements`);
    }
    return ends;
  }

  #advance(size: number): number {
    this.#at += size;
    if (this.#at > this.#bytes.length) throw new RangeError('the block is truncated');
    return this.#at;
  }
}
