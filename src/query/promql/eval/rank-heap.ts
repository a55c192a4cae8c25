/** Whether a value stands nearer to the top of the heap than another: the first to go. */
export type ComesBefore = (a: number, b: number) => boolean;

/**
 * The k values that come last in an order. Ties are settled as Go's `container/heap` does, whose steps are followed, so
 * that the same of several equal series are taken as by Prometheus.
 */
export class RankHeap {
  readonly #k: number;
  readonly #comesBefore: ComesBefore;
  readonly #values: number[] = [];
  readonly #indexes: number[] = [];

  constructor(k: number, comesBefore: ComesBefore) {
    this.#k = k;
    this.#comesBefore = comesBefore;
  }

  /** Takes a value when there is room for it or it beats the one on top. */
  offer(value: number, index: number): void {
    const size = this.#values.length;
    if (size < this.#k) {
      this.#values.push(value);
      this.#indexes.push(index);
      this.#up(size);
      return;
    }
    const top = this.#values[0] as number;
    const beats = Number.isNaN(top) ? !Number.isNaN(value) : !Number.isNaN(value) && this.#comesBefore(top, value);
    if (!beats) return;
    this.#values[0] = value;
    this.#indexes[0] = index;
    this.#down();
  }

  /** The indexes of the values taken, best first. */
  ranked(): number[] {
    const order = this.#values.map((_, i) => i);
    const value = (i: number): number => this.#values[i] as number;
    const compare = (i: number, j: number): number => {
      if (Number.isNaN(value(i)) && Number.isNaN(value(j))) return 0;
      if (this.#comesBefore(value(j), value(i))) return -1;
      return this.#comesBefore(value(i), value(j)) ? 1 : 0;
    };
    return order.sort(compare).map((i) => this.#indexes[i] as number);
  }

  #isBefore(i: number, j: number): boolean {
    return this.#comesBefore(this.#values[i] as number, this.#values[j] as number);
  }

  #swap(i: number, j: number): void {
    for (const list of [this.#values, this.#indexes]) {
      const kept = list[i] as number;
      list[i] = list[j] as number;
      list[j] = kept;
    }
  }

  #up(from: number): void {
    let child = from;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#isBefore(child, parent)) return;
      this.#swap(parent, child);
      child = parent;
    }
  }

  #down(): void {
    const size = this.#values.length;
    let parent = 0;
    for (;;) {
      const left = 2 * parent + 1;
      if (left >= size) return;
      const right = left + 1;
      const child = right < size && this.#isBefore(right, left) ? right : left;
      if (!this.#isBefore(child, parent)) return;
      this.#swap(parent, child);
      parent = child;
    }
  }
}
