const START_CAPACITY = 256;

/**
 * The newest samples of one series in time order: two columns that grow to the limit and then slide. Hot path: no
 * allocation per sample. Readers get views, valid until the next write.
 */
export class SampleRing {
  #t: Float64Array;
  #v: Float64Array;
  #start = 0;
  #end = 0;
  readonly #limit: number;

  /** At most `limit` samples are kept. */
  constructor(limit: number) {
    this.#limit = limit;
    const capacity = Math.min(START_CAPACITY, limit * 2);
    this.#t = new Float64Array(capacity);
    this.#v = new Float64Array(capacity);
  }

  get length(): number {
    return this.#end - this.#start;
  }

  /** Time of the newest sample in ms, or -Infinity. */
  get lastT(): number {
    return this.length === 0 ? Number.NEGATIVE_INFINITY : (this.#t[this.#end - 1] as number);
  }

  get lastV(): number {
    return this.length === 0 ? Number.NaN : (this.#v[this.#end - 1] as number);
  }

  /** Times in ms. */
  get t(): Float64Array {
    return this.#t.subarray(this.#start, this.#end);
  }

  get v(): Float64Array {
    return this.#v.subarray(this.#start, this.#end);
  }

  /** Appends a sample; one of the same time replaces, an older one is put in its place. */
  push(t: number, v: number): void {
    if (t > this.lastT) {
      this.#makeRoom();
      this.#t[this.#end] = t;
      this.#v[this.#end] = v;
      this.#end++;
      if (this.length > this.#limit) this.#start++;
      return;
    }
    this.#insert(t, v);
  }

  /** Replaces everything by these columns (time order). */
  fill(t: Float64Array, v: Float64Array): void {
    this.#start = 0;
    this.#end = 0;
    for (let i = Math.max(0, t.length - this.#limit); i < t.length; i++) this.push(t[i] as number, v[i] as number);
  }

  /** Forgets samples older than `t`. */
  dropBefore(t: number): void {
    while (this.#start < this.#end && (this.#t[this.#start] as number) < t) this.#start++;
  }

  #makeRoom(): void {
    if (this.#end < this.#t.length) return;
    const length = this.length;
    if (this.#start > 0 && length <= this.#t.length / 2) {
      this.#t.copyWithin(0, this.#start, this.#end);
      this.#v.copyWithin(0, this.#start, this.#end);
    } else {
      this.#t = grown(this.#t, this.#start, this.#end);
      this.#v = grown(this.#v, this.#start, this.#end);
    }
    this.#start = 0;
    this.#end = length;
  }

  #insert(t: number, v: number): void {
    let at = this.#end - 1;
    while (at >= this.#start && (this.#t[at] as number) > t) at--;
    if (at >= this.#start && this.#t[at] === t) {
      this.#v[at] = v;
      return;
    }
    if (at < this.#start && this.length >= this.#limit) return;
    const distance = this.#end - at - 1;
    this.#makeRoom();
    const target = this.#end - distance;
    this.#t.copyWithin(target + 1, target, this.#end);
    this.#v.copyWithin(target + 1, target, this.#end);
    this.#t[target] = t;
    this.#v[target] = v;
    this.#end++;
    if (this.length > this.#limit) this.#start++;
  }
}

function grown(column: Float64Array, start: number, end: number): Float64Array {
  const wider = new Float64Array(Math.max(START_CAPACITY, column.length * 2));
  wider.set(column.subarray(start, end));
  return wider;
}
