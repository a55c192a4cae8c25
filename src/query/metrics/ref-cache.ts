import type { Matcher } from '#core/metric-query/query.ts';
import type { Clock } from '#io/clock.ts';
import type { Selection } from './selection.ts';
import type { SelectOptions } from './series-source.ts';

const TTL_MS = 5_000;
/** A new series is told of before its catalogue row is stored: what is read in this time may lack it, and is not kept. */
const SETTLING_MS = 2_000;
const MAX_SERIES = 100_000;
const DAY_MS = 86_400_000;

type Entry = { readonly until: number; readonly selection: Selection };

/** Selections of the last seconds, bounded by their number of series: panels ask for the same one again and again. */
export class RefCache {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();
  #size = 0;
  #settledAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The kept selection, or what `read` finds. */
  async get(matchers: readonly Matcher[], options: SelectOptions, read: () => Promise<Selection>): Promise<Selection> {
    const day = options.range === undefined ? '' : Math.floor(options.range.from / DAY_MS);
    const key = JSON.stringify([matchers, options.limit, day]);
    const known = this.#entries.get(key);
    if (known !== undefined && known.until > this.#clock.monotonic()) return known.selection;
    const selection = await read();
    this.#keep(key, selection);
    return selection;
  }

  /** Forgets everything: a new series may belong to any selection. */
  clear(): void {
    this.#entries.clear();
    this.#size = 0;
    this.#settledAt = this.#clock.monotonic() + SETTLING_MS;
  }

  #keep(key: string, selection: Selection): void {
    this.#drop(key);
    if (selection.series.length === 0 || this.#clock.monotonic() < this.#settledAt) return;
    this.#entries.set(key, { until: this.#clock.monotonic() + TTL_MS, selection });
    this.#size += selection.series.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#size <= MAX_SERIES) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const known = this.#entries.get(key);
    if (known === undefined) return;
    this.#entries.delete(key);
    this.#size -= known.selection.series.length;
  }
}
