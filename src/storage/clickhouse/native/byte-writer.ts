/** Their length is one byte. */
const SHORT = 0x80;

/** A growing byte buffer: numbers arrive as whole blocks of memory, texts one by one. */
export class ByteWriter {
  #bytes: Buffer;
  #length = 0;

  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafe(capacity);
  }

  /** The memory of a typed array, as it is: the engine reads little-endian, as do all machines it runs on. */
  block(values: ArrayBufferView): void {
    this.#reserve(values.byteLength);
    this.#bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), this.#length);
    this.#length += values.byteLength;
  }

  /** LEB128, for 0 to 2^53. */
  varuint(value: number): void {
    this.#reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** Length in bytes, then UTF-8. Most texts are short and plain: written here they cost a third. */
  text(value: string): void {
    const { length } = value;
    if (length < SHORT) {
      this.#reserve(length + 1);
      const bytes = this.#bytes;
      const start = this.#length;
      let at = 0;
      for (let code = 0; at < length && (code = value.charCodeAt(at)) < 0x80; at += 1) bytes[start + 1 + at] = code;
      if (at === length) {
        bytes[start] = length;
        this.#length = start + 1 + length;
        return;
      }
    }
    const size = Buffer.byteLength(value);
    this.varuint(size);
    this.#reserve(size);
    this.#length += this.#bytes.write(value, this.#length, size, 'utf8');
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(size: number): void {
    const needed = this.#length + size;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
