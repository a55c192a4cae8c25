import type { Interval } from '#query/promql/source.ts';
import type { RawSamples } from '#query/promql/value.ts';
import { Arrivals } from './arrivals.ts';

/** All samples that the store had of a series in an interval, at a moment ({@link SampleCache.mark}). */
export type KeptSamples = { readonly interval: Interval; readonly mark: number; readonly samples: RawSamples };

type Entry = KeptSamples & { readonly bytes: number; isUsed: boolean };

/** What an entry takes beside its values. */
const ENTRY_BYTES = 400;

/**
 * Raw samples of series in memory, so that a chart that is drawn again reads only what is new (docs/adr/014). An entry says
 * for which interval it is whole; samples that come into that interval later cut it off before them. Times that series have
 * in common are held once. The entries that were not used for longest go first.
 */
export class SampleCache {
  readonly #maxBytes: number;
  readonly #entries = new Map<bigint, Entry>();
  readonly #arrivals = new Arrivals();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get maxBytes(): number {
    return this.#maxBytes;
  }

  /** To be taken before the store is read, for {@link keep}. */
  get mark(): number {
    return this.#arrivals.mark;
  }

  /** To be called when the store has got samples, before whoever sent them is told; `oldest` is the time of the first (ms). */
  noteArrival(oldest: number): void {
    this.#arrivals.note(oldest);
  }

  /** Forgets everything: samples have been deleted. What is being read meanwhile is not kept either. */
  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
    this.#arrivals.note(Number.NEGATIVE_INFINITY);
  }

  /** What is known of a series, and still holds. */
  find(id: bigint): KeptSamples | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    entry.isUsed = true;
    const arrived = this.#arrivals.oldestSince(entry.mark);
    if (arrived > entry.interval.to) return entry;
    this.#drop(id, entry);
    if (arrived <= entry.interval.from) return undefined;
    const interval = { from: entry.interval.from, to: arrived - 1 };
    this.keep(id, { interval, mark: this.mark, samples: samplesIn(entry.samples, interval) });
    return this.#entries.get(id);
  }

  /** Keeps what was read; the arrays must not be parts of larger ones. */
  keep(id: bigint, kept: KeptSamples): void {
    const known = this.#entries.get(id);
    if (known !== undefined) this.#drop(id, known);
    const bytes = ENTRY_BYTES + kept.samples.v.byteLength;
    this.#entries.set(id, { ...kept, bytes, isUsed: false });
    this.#bytes += bytes;
    this.#makeRoom();
  }

  #makeRoom(): void {
    for (const [id, entry] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) return;
      if (entry.isUsed) {
        entry.isUsed = false;
        this.#entries.delete(id);
        this.#entries.set(id, entry);
      } else this.#drop(id, entry);
    }
  }

  #drop(id: bigint, entry: Entry): void {
    this.#entries.delete(id);
    this.#bytes -= entry.bytes;
  }
}

/** The samples of an interval, without copying. */
export function samplesIn({ t, v }: RawSamples, { from, to }: Interval): RawSamples {
  const [begin, end] = [firstAt(t, from), firstAt(t, to + 1)];
  if (begin === 0 && end === t.length) return { t, v };
  return { t: t.subarray(begin, end), v: v.subarray(begin, end) };
}

/** The index of the first time that is not before `time`. */
function firstAt(t: Float64Array, time: number): number {
  let [low, high] = [0, t.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((t[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
