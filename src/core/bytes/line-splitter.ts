const LF = 0x0a;

/** What is told of a stream's lines. `bytes` is not kept; the range is without the line's end (LF; a CR before it stays). */
export type LineReceiver = {
  readonly line: (bytes: Uint8Array, from: number, to: number) => void;
  /** A line beyond the limit, which is passed over. */
  readonly tooLong: () => void;
};

/** Cuts a stream of bytes, which may be cut anywhere, into lines of at most `maxLineBytes`; `end` is the byte that ends one. */
export class LineSplitter {
  readonly #receiver: LineReceiver;
  readonly #maxLineBytes: number;
  readonly #end: number;
  #carried: Uint8Array[] = [];
  #carriedBytes = 0;
  #skipping = false;

  constructor(maxLineBytes: number, receiver: LineReceiver, end = LF) {
    this.#end = end;
    this.#maxLineBytes = maxLineBytes;
    this.#receiver = receiver;
  }

  read(bytes: Uint8Array): void {
    let from = 0;
    for (let end = bytes.indexOf(this.#end); end >= 0; end = bytes.indexOf(this.#end, from)) {
      this.#endOfLine(bytes, from, end);
      from = end + 1;
    }
    if (from < bytes.length && !this.#skipping) this.#carry(bytes.slice(from));
  }

  /** The last line needs no end. */
  end(): void {
    if (this.#carriedBytes > 0) this.#endOfLine(new Uint8Array(0), 0, 0);
    this.#skipping = false;
  }

  #endOfLine(bytes: Uint8Array, from: number, to: number): void {
    if (this.#skipping) this.#skipping = false;
    else if (this.#carriedBytes + to - from > this.#maxLineBytes) this.#receiver.tooLong();
    else if (this.#carriedBytes === 0) this.#receiver.line(bytes, from, to);
    else {
      const line = Buffer.concat([...this.#carried, bytes.subarray(from, to)]);
      this.#receiver.line(line, 0, line.length);
    }
    this.#forget();
  }

  #carry(part: Uint8Array): void {
    this.#carried.push(part);
    this.#carriedBytes += part.length;
    if (this.#carriedBytes <= this.#maxLineBytes) return;
    this.#receiver.tooLong();
    this.#skipping = true;
    this.#forget();
  }

  #forget(): void {
    this.#carried = [];
    this.#carriedBytes = 0;
  }
}
