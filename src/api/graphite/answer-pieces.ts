/** Bytes of the first piece; each is twice as long as the one before, up to the largest. */
const FIRST_BYTES = 1 << 15;
const LARGEST_BYTES = 1 << 19;

/** An answer that is written into memory directly and handed on in pieces; a piece that was handed on is never written again. */
export class AnswerPieces {
  #bytes = Buffer.alloc(0);
  #full: Uint8Array[] = [];
  #from = 0;
  #size = FIRST_BYTES;
  /** Where to write in {@link view}; whoever writes moves it. */
  at = 0;
  view = new DataView(new ArrayBuffer(0));

  /** Makes room for so many bytes at {@link at}. */
  reserve(length: number): void {
    if (this.at + length <= this.#bytes.length) return;
    this.#cut();
    this.#bytes = Buffer.allocUnsafeSlow(Math.max(this.#size, length));
    this.#size = Math.min(2 * this.#size, LARGEST_BYTES);
    this.view = new DataView(this.#bytes.buffer);
    this.#from = 0;
    this.at = 0;
  }

  text(text: string): void {
    this.reserve(3 * text.length);
    this.at += this.#bytes.write(text, this.at);
  }

  /** The pieces that are full. */
  full(): Uint8Array[] {
    const full = this.#full;
    this.#full = [];
    return full;
  }

  /** What is left of them. */
  rest(): Uint8Array[] {
    this.#cut();
    return this.full();
  }

  #cut(): void {
    if (this.at > this.#from) this.#full.push(this.#bytes.subarray(this.#from, this.at));
    this.#from = this.at;
  }
}
