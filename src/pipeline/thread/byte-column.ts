const FIRST_BYTES = 1 << 14;

/** Strings of one column in Native layout (length as LEB128, then bytes), in a buffer that grows. */
export class ByteColumn {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  length = 0;

  /** What was appended; valid until the next call. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  /** A text, as UTF-8. */
  text(text: string): void {
    const chars = text.length;
    this.#reserve(chars * 3 + 5);
    // Short ASCII, which nearly all names and values are, is copied faster here than by a call into the runtime.
    if (chars < 64 && this.#ascii(text, chars)) return;
    this.#sized(Buffer.byteLength(text));
    this.length += this.#bytes.write(text, this.length);
  }

  /** Bytes that are UTF-8 already. */
  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length + 5);
    this.#sized(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Takes strings `[from, to)` out again; walks the column, since it happens only when the disk is full. */
  remove(from: number, to: number): void {
    const start = startOfString(this.written, from);
    const end = startOfString(this.written, to);
    this.#bytes.copyWithin(start, end, this.length);
    this.length -= end - start;
  }

  clear(): void {
    this.length = 0;
  }

  #ascii(text: string, chars: number): boolean {
    const bytes = this.#bytes;
    const start = this.length;
    bytes[start] = chars;
    for (let i = 0; i < chars; i += 1) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) return false;
      bytes[start + 1 + i] = unit;
    }
    this.length = start + 1 + chars;
    return true;
  }

  #sized(size: number): void {
    let rest = size;
    while (rest >= 0x80) {
      this.#bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.length++] = rest;
  }

  #reserve(size: number): void {
    const needed = this.length + size;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.written);
    this.#bytes = larger;
  }
}

/** Where string `row` of a column in Native layout begins; for the number of strings, where the last ends. */
function startOfString(column: Uint8Array, row: number): number {
  let at = 0;
  for (let i = 0; i < row; i += 1) {
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = column[at++] ?? 0;
      size |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    at += size;
  }
  return at;
}
