/** Gathers a stream until as many bytes are there as the next step needs: each byte is copied once, however it is cut. */
export class FrameBuffer {
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #needed = 1;

  /** Adds a chunk; the bytes so far when they are enough. They may be a part of the chunk itself. */
  add(chunk: Uint8Array): Uint8Array | undefined {
    if (this.#bytes === 0 && chunk.length >= this.#needed) return chunk;
    this.#chunks.push(chunk.slice());
    this.#bytes += chunk.length;
    if (this.#bytes < this.#needed) return undefined;
    const all = Buffer.concat(this.#chunks, this.#bytes);
    this.clear();
    return all;
  }

  /** Keeps what could not be used; `needed` bytes, these among them, are needed to go on. */
  keep(rest: Uint8Array, needed: number): void {
    this.clear();
    this.#needed = needed;
    if (rest.length === 0) return;
    this.#chunks.push(rest.slice());
    this.#bytes = rest.length;
  }

  clear(): void {
    this.#chunks = [];
    this.#bytes = 0;
    this.#needed = 1;
  }
}
