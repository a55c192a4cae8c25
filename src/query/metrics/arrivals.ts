/** Beyond so many noted times, neighbours become one. */
const MAX_NOTES = 1_024;

/**
 * From which time on the store got samples since some moment. Moments are marks: how many arrivals there had been. Both
 * lists ascend, since an earlier arrival that did not reach back as far as a later one tells nothing.
 */
export class Arrivals {
  #marks: number[] = [];
  #times: number[] = [];
  #count = 0;

  /** The moment now. */
  get mark(): number {
    return this.#count;
  }

  /** The store has more samples, the oldest of them of this time (ms). */
  note(oldest: number): void {
    this.#count += 1;
    while (this.#times.length > 0 && (this.#times.at(-1) as number) >= oldest) {
      this.#times.pop();
      this.#marks.pop();
    }
    this.#marks.push(this.#count);
    this.#times.push(oldest);
    if (this.#marks.length > MAX_NOTES) this.#thin();
  }

  /** The time (ms) of the oldest sample that came after the moment, perhaps an earlier one; Infinity when none came. */
  oldestSince(mark: number): number {
    let [low, high] = [0, this.#marks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#marks[middle] as number) > mark) high = middle;
      else low = middle + 1;
    }
    return this.#times[low] ?? Number.POSITIVE_INFINITY;
  }

  /** Of two notes, the earlier time at the later mark. */
  #thin(): void {
    const { length } = this.#marks;
    const pairs = Array.from({ length: length >> 1 }, (_, i) => 2 * i + (length & 1));
    const first = length & 1;
    const [marks, times] = [this.#marks, this.#times];
    this.#marks = [...marks.slice(0, first), ...pairs.map((i) => marks[i + 1] as number)];
    this.#times = [...times.slice(0, first), ...pairs.map((i) => times[i] as number)];
  }
}
