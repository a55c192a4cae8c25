/** The last value said about each of many things; starts anew when there are too many of them. */
export class KnownValues<Key> {
  readonly #values = new Map<Key, string>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether the value is another one than last time. */
  isNews(key: Key, value: string): boolean {
    if (this.#values.get(key) === value) return false;
    if (this.#values.size >= this.#limit) this.#values.clear();
    this.#values.set(key, value);
    return true;
  }

  forget(key: Key): void {
    this.#values.delete(key);
  }
}
