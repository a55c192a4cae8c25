import { grown } from './growing.ts';

const FIRST_SLOTS = 1 << 12;
const NONE = -1;

/** 64-bit ids of series ↔ their ordinals 0, 1, 2, …: open addressing, ids as pairs of 32-bit words, low word first. */
export class IdentityTable {
  #slots = new Int32Array(FIRST_SLOTS).fill(NONE);
  /** Words of ordinal n at 2n and 2n + 1. */
  words = new Uint32Array(FIRST_SLOTS);
  size = 0;

  /** The ordinal of an id, or -1. */
  find(low: number, high: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const ordinal = this.#slots[slot] as number;
      if (ordinal === NONE) return NONE;
      if (this.words[2 * ordinal] === low && this.words[2 * ordinal + 1] === high) return ordinal;
    }
  }

  /** Adds an id that is not there yet; returns its ordinal. */
  insert(low: number, high: number): number {
    const ordinal = this.size;
    this.words = grown(this.words, 2 * ordinal + 2);
    this.words[2 * ordinal] = low;
    this.words[2 * ordinal + 1] = high;
    this.size += 1;
    if (this.size * 2 > this.#slots.length) this.#rehash();
    else this.#place(ordinal);
    return ordinal;
  }

  #place(ordinal: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.words[2 * ordinal] as number) & mask;
    while (this.#slots[slot] !== NONE) slot = (slot + 1) & mask;
    this.#slots[slot] = ordinal;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 4).fill(NONE);
    for (let ordinal = 0; ordinal < this.size; ordinal += 1) this.#place(ordinal);
  }
}
