const FIRST_SLOTS = 1 << 12;
/** 3 MiB at most; half of the slots are in use before it is emptied. */
const MAX_SLOTS = 1 << 18;

/** What shapes lead to, by their hash of 64 bits: a table of numbers from 1 on, which forgets all when it is full. */
export class ShapeTable {
  #lows = new Int32Array(FIRST_SLOTS);
  #highs = new Int32Array(FIRST_SLOTS);
  #values = new Int32Array(FIRST_SLOTS);
  #mask = FIRST_SLOTS - 1;
  #size = 0;

  /** 0: unknown. */
  get(low: number, high: number): number {
    return this.#values[this.#slot(low, high)] as number;
  }

  set(low: number, high: number, value: number): void {
    if (this.#size * 2 > this.#mask) this.#makeRoom();
    const slot = this.#slot(low, high);
    if (this.#values[slot] === 0) this.#size += 1;
    this.#lows[slot] = low;
    this.#highs[slot] = high;
    this.#values[slot] = value;
  }

  clear(): void {
    this.#values.fill(0);
    this.#size = 0;
  }

  /** Where it is, or would be. */
  #slot(low: number, high: number): number {
    let slot = low & this.#mask;
    while (this.#values[slot] !== 0 && (this.#lows[slot] !== low || this.#highs[slot] !== high)) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  #makeRoom(): void {
    if (this.#mask + 1 >= MAX_SLOTS) return this.clear();
    const [lows, highs, values] = [this.#lows, this.#highs, this.#values];
    const slots = values.length * 4;
    this.#lows = new Int32Array(slots);
    this.#highs = new Int32Array(slots);
    this.#values = new Int32Array(slots);
    this.#mask = slots - 1;
    for (const [i, value] of values.entries()) {
      if (value === 0) continue;
      const slot = this.#slot(lows[i] as number, highs[i] as number);
      this.#lows[slot] = lows[i] as number;
      this.#highs[slot] = highs[i] as number;
      this.#values[slot] = value;
    }
  }
}
