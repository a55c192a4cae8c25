import type { Interval } from '#query/promql/source.ts';
import type { RawSamples } from '#query/promql/value.ts';
import { type KeptSamples, type SampleCache, samplesIn } from './sample-cache.ts';
import type { SeriesRef } from './series-source.ts';

/** Samples by id; series without any may be absent. */
export type Floats = ReadonlyMap<bigint, RawSamples>;
export type ReadSome = (refs: readonly SeriesRef[], interval: Interval) => Promise<Floats>;

/** An interval that is kept begins on a multiple of about this share of its length, so that other windows find it too. */
const ALIGNMENT = 16;
const EMPTY: RawSamples = { t: new Float64Array(0), v: new Float64Array(0) };

/** What the cache has of these series in the interval; undefined unless it has all of it. */
export function cachedFloats(cache: SampleCache, refs: readonly SeriesRef[], asked: Interval): Floats | undefined {
  const interval = wholeMs(asked);
  const found = new Map<bigint, RawSamples>();
  for (const { id } of refs) {
    const kept = cache.find(id);
    if (kept === undefined || kept.interval.from > interval.from || kept.interval.to < interval.to) return undefined;
    found.set(id, samplesIn(kept.samples, interval));
  }
  return found;
}

/** Answers from the cache, and reads what it lacks: the end of an interval, or all of it. */
export async function floatsThrough(
  cache: SampleCache,
  refs: readonly SeriesRef[],
  asked: Interval,
  read: ReadSome,
): Promise<Floats> {
  const { mark } = cache;
  const interval = wholeMs(asked);
  const found = new Map<bigint, RawSamples>();
  const missing: SeriesRef[] = [];
  const beginnings = new Map<SeriesRef, KeptSamples>();
  for (const ref of refs) {
    const kept = cache.find(ref.id);
    if (kept === undefined || kept.interval.from > interval.from || kept.interval.to < interval.from) missing.push(ref);
    else if (kept.interval.to < interval.to) beginnings.set(ref, kept);
    else found.set(ref.id, samplesIn(kept.samples, interval));
  }
  const keep = new Keeper(cache, mark);
  const [ends, wholes] = await Promise.all([readEnds(beginnings, interval, read), readWholes(missing, interval, read)]);
  for (const [ref, { interval: known, samples }] of beginnings) {
    const end = samplesIn(ends.get(ref.id) ?? EMPTY, { from: known.to + 1, to: interval.to });
    const joined = keep.joined(ref.id, samples, end, { from: known.from, to: interval.to });
    found.set(ref.id, samplesIn(joined, interval));
  }
  const from = alignedStart(interval);
  for (const { id } of missing) {
    const whole = keep.copied(id, wholes.get(id) ?? EMPTY, { from, to: interval.to });
    found.set(id, samplesIn(whole, interval));
  }
  return found;
}

const wholeMs = ({ from, to }: Interval): Interval => ({ from: Math.floor(from), to: Math.floor(to) });

function alignedStart({ from, to }: Interval): number {
  const unit = 2 ** Math.floor(Math.log2(Math.max(1, (to - from) / ALIGNMENT)));
  return Math.floor(from / unit) * unit;
}

async function readEnds(
  beginnings: ReadonlyMap<SeriesRef, KeptSamples>,
  { to }: Interval,
  read: ReadSome,
): Promise<Floats> {
  if (beginnings.size === 0) return new Map();
  let from = to;
  for (const { interval } of beginnings.values()) from = Math.min(from, interval.to + 1);
  return read([...beginnings.keys()], { from, to });
}

async function readWholes(refs: readonly SeriesRef[], interval: Interval, read: ReadSome): Promise<Floats> {
  return refs.length === 0 ? new Map() : read(refs, { from: alignedStart(interval), to: interval.to });
}

/** Keeps samples in arrays of their own; series that are scraped together share their times. */
class Keeper {
  readonly #cache: SampleCache;
  readonly #mark: number;
  readonly #times = new Map<number, Float64Array>();

  constructor(cache: SampleCache, mark: number) {
    this.#cache = cache;
    this.#mark = mark;
  }

  copied(id: bigint, { t, v }: RawSamples, interval: Interval): RawSamples {
    return this.#keep(id, { t: this.#shared(t, () => t.slice()), v: v.slice() }, interval);
  }

  joined(id: bigint, first: RawSamples, end: RawSamples, interval: Interval): RawSamples {
    if (end.t.length === 0) return this.#keep(id, first, interval);
    const [t, v] = [concat(first.t, end.t), concat(first.v, end.v)];
    return this.#keep(id, { t: this.#shared(t, () => t), v }, interval);
  }

  #keep(id: bigint, samples: RawSamples, interval: Interval): RawSamples {
    this.#cache.keep(id, { interval, mark: this.#mark, samples });
    return samples;
  }

  #shared(t: Float64Array, own: () => Float64Array): Float64Array {
    if (t.length === 0) return EMPTY.t;
    const key = (t[0] as number) + 31 * (t[t.length - 1] as number) + t.length / 65_536;
    const known = this.#times.get(key);
    if (known !== undefined && isEqual(known, t)) return known;
    const kept = own();
    this.#times.set(key, kept);
    return kept;
  }
}

function concat(first: Float64Array, second: Float64Array): Float64Array {
  const all = new Float64Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

function isEqual(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
