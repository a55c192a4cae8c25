/** Reads a DNS message from a place in it; names may point elsewhere in it. Throws a `RangeError` behind its end. */
export class WireReader {
  readonly #message: Buffer;
  readonly #end: number;
  #at: number;

  constructor(message: Buffer, at: number, end = message.length) {
    this.#message = message;
    this.#at = at;
    this.#end = end;
  }

  hasMore(): boolean {
    return this.#at < this.#end;
  }

  uint8(): number {
    return this.#message.readUInt8(this.#step(1));
  }

  uint16(): number {
    return this.#message.readUInt16BE(this.#step(2));
  }

  uint32(): number {
    return this.#message.readUInt32BE(this.#step(4));
  }

  bytes(count: number): Buffer {
    const at = this.#step(count);
    return this.#message.subarray(at, at + count);
  }

  /** All that is left. */
  rest(): Buffer {
    return this.bytes(this.#end - this.#at);
  }

  skip(count: number): void {
    this.#step(count);
  }

  /** A reader of the next bytes alone, whose names may point into the whole message. */
  block(count: number): WireReader {
    const at = this.#step(count);
    return new WireReader(this.#message, at, at + count);
  }

  /** A text behind its length (RFC 1035 §3.3). */
  text(): string {
    return this.bytes(this.uint8()).toString('utf8');
  }

  /** A name (RFC 1035 §4.1.4) in lower case; the root is ''. */
  name(): string {
    const labels: string[] = [];
    let length = this.uint8();
    while (length !== 0) {
      if (length >= 0xc0) {
        const target = ((length & 0x3f) << 8) | this.uint8();
        // Pointers lead back, so that they cannot go in circles.
        if (target >= this.#at - 2) throw new RangeError('a name points forward');
        return [...labels, new WireReader(this.#message, target, this.#at - 2).name()].join('.');
      }
      labels.push(this.bytes(length).toString('latin1').toLowerCase());
      length = this.uint8();
    }
    return labels.join('.');
  }

  #step(count: number): number {
    const at = this.#at;
    if (at + count > this.#end) throw new RangeError('the message ends too early');
    this.#at += count;
    return at;
  }
}
