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
const NOTHING: Floats = new Map();

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

/** Answers from the cache, and reads what it lacks: the beginning or the end of an interval, or all of it. */
export async function floatsThrough(
  cache: SampleCache,
  refs: readonly SeriesRef[],
  asked: Interval,
  read: ReadSome,
): Promise<Floats> {
  const { mark } = cache;
  const interval = wholeMs(asked);
  const wide = { from: alignedStart(interval), to: interval.to };
  const found = new Map<bigint, RawSamples>();
  const missing: SeriesRef[] = [];
  const parts = new Map<SeriesRef, KeptSamples>();
  for (const ref of refs) {
    const kept = cache.find(ref.id);
    if (kept === undefined || !touches(kept.interval, interval)) missing.push(ref);
    else if (kept.interval.from > interval.from || kept.interval.to < interval.to) parts.set(ref, kept);
    else found.set(ref.id, samplesIn(kept.samples, interval));
  }
  const [before, after, wholes] = await Promise.all([
    readBefore(parts, interval, read),
    readAfter(parts, interval, read),
    missing.length === 0 ? NOTHING : read(missing, wide),
  ]);
  const keep = new Keeper(cache, mark);
  for (const [{ id }, { interval: known, samples }] of parts) {
    const from = known.from > interval.from ? wide.from : known.from;
    const to = Math.max(known.to, interval.to);
    const first = samplesIn(before.get(id) ?? EMPTY, { from, to: known.from - 1 });
    const last = samplesIn(after.get(id) ?? EMPTY, { from: known.to + 1, to });
    found.set(id, samplesIn(keep.joined(id, samples, [first, last], { from, to }), interval));
  }
  for (const { id } of missing) found.set(id, samplesIn(keep.copied(id, wholes.get(id) ?? EMPTY, wide), interval));
  return found;
}

/** Whether there is nothing between the intervals. */
const touches = (a: Interval, b: Interval): boolean => a.from <= b.to + 1 && b.from <= a.to + 1;

const wholeMs = ({ from, to }: Interval): Interval => ({ from: Math.floor(from), to: Math.floor(to) });

function alignedStart({ from, to }: Interval): number {
  const unit = 2 ** Math.floor(Math.log2(Math.max(1, (to - from) / ALIGNMENT)));
  return Math.floor(from / unit) * unit;
}

type Parts = ReadonlyMap<SeriesRef, KeptSamples>;

async function readBefore(parts: Parts, asked: Interval, read: ReadSome): Promise<Floats> {
  const from = alignedStart(asked);
  const late = [...parts].filter(([, { interval }]) => interval.from > asked.from);
  if (late.length === 0) return NOTHING;
  const to = late.reduce((latest, [, { interval }]) => Math.max(latest, interval.from - 1), from);
  return read(
    late.map(([ref]) => ref),
    { from, to },
  );
}

async function readAfter(parts: Parts, { to }: Interval, read: ReadSome): Promise<Floats> {
  const early = [...parts].filter(([, { interval }]) => interval.to < to);
  if (early.length === 0) return NOTHING;
  const from = early.reduce((earliest, [, { interval }]) => Math.min(earliest, interval.to + 1), to);
  return read(
    early.map(([ref]) => ref),
    { from, to },
  );
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

  /** Kept samples with what was read before and after them. */
  joined(
    id: bigint,
    known: RawSamples,
    [first, last]: readonly [RawSamples, RawSamples],
    interval: Interval,
  ): RawSamples {
    if (first.t.length === 0 && last.t.length === 0) return this.#keep(id, known, interval);
    const filled = [first, known, last].filter(({ t }) => t.length > 0);
    const t = concat(filled.map((part) => part.t));
    const v = concat(filled.map((part) => part.v));
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

function concat(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function isEqual(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
