/** A bucket of a classic histogram: how many observations are at most `upper`. */
export type ClassicBucket = { readonly upper: number; readonly count: number };

/** A quantile, and whether counts that fell had to be raised for it. */
export type ClassicQuantile = { readonly value: number; readonly forcedMonotonicity: boolean };

/** Counts that differ by less than this share of their sum are the same but for rounding. */
const TOLERANCE = 1e-12;
const SMALLEST_NORMAL = 2 ** -1022;

/**
 * The φ-quantile of at least one bucket in any order, interpolated linearly (Prometheus, promql/quantile.go). NaN without
 * a bucket of +Inf, with fewer than two buckets, without observations, for φ = NaN; φ < 0 gives −Inf, φ > 1 +Inf.
 */
export function classicQuantile(q: number, unsorted: readonly ClassicBucket[]): ClassicQuantile {
  if (Number.isNaN(q)) return { value: NaN, forcedMonotonicity: false };
  if (q < 0 || q > 1) return { value: q < 0 ? -Infinity : Infinity, forcedMonotonicity: false };
  const coalesced = coalesce(unsorted);
  if (coalesced.at(-1)?.upper !== Infinity) return { value: NaN, forcedMonotonicity: false };
  const { buckets, forced } = monotonic(coalesced);
  const observations = buckets.at(-1)?.count ?? 0;
  if (buckets.length < 2 || observations === 0) return { value: NaN, forcedMonotonicity: forced };
  return { value: interpolate(buckets, q * observations), forcedMonotonicity: forced };
}

function interpolate(buckets: readonly ClassicBucket[], rank: number): number {
  const last = buckets.length - 1;
  const found = buckets.findIndex(({ count }, i) => i === last || count >= rank);
  const bucket = buckets[found] as ClassicBucket;
  const below = buckets[found - 1];
  if (found === last) return (below as ClassicBucket).upper;
  if (below === undefined) return bucket.upper <= 0 ? bucket.upper : bucket.upper * (rank / bucket.count);
  return below.upper + (bucket.upper - below.upper) * ((rank - below.count) / (bucket.count - below.count));
}

/** The share of observations between two bounds, interpolated linearly; NaN as for quantiles. */
export function classicFraction(lower: number, upper: number, unsorted: readonly ClassicBucket[]): number {
  const buckets = coalesce(unsorted);
  const count = buckets.at(-1)?.upper === Infinity ? (buckets.at(-1)?.count ?? 0) : 0;
  if (count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return NaN;
  if (lower >= upper) return 0;
  const rankOf = (bound: number): number => Math.min(rankAt(buckets, bound) ?? count, count);
  return (rankOf(upper) - rankOf(lower)) / count;
}

function rankAt(buckets: readonly ClassicBucket[], bound: number): number | undefined {
  let rank = 0;
  let start = (buckets[0] as ClassicBucket).upper > 0 ? 0 : -Infinity;
  for (const { upper, count } of buckets) {
    if (start >= bound) return rank;
    if (upper > bound) {
      return start === -Infinity ? count : rank + ((count - rank) * (bound - start)) / (upper - start);
    }
    rank = count;
    start = upper;
  }
  return undefined;
}

/** In ascending order, those with the same bound as one. */
function coalesce(buckets: readonly ClassicBucket[]): readonly ClassicBucket[] {
  const coalesced: ClassicBucket[] = [];
  for (const bucket of buckets.toSorted((a, b) => (a.upper === b.upper ? 0 : a.upper - b.upper))) {
    const last = coalesced.at(-1);
    if (last?.upper === bucket.upper) coalesced.splice(-1, 1, { upper: last.upper, count: last.count + bucket.count });
    else coalesced.push(bucket);
  }
  return coalesced;
}

/** Counts never fall: differences as small as rounding are ignored, others removed. */
function monotonic(buckets: readonly ClassicBucket[]): { buckets: readonly ClassicBucket[]; forced: boolean } {
  let forced = false;
  let previous = (buckets[0] as ClassicBucket).count;
  const fixed = buckets.map(({ upper, count }) => {
    const isSame = count === previous || almostEqual(count, previous);
    if (!isSame && count < previous) forced = true;
    if (!isSame && !(count < previous)) previous = count;
    return { upper, count: previous };
  });
  return { buckets: fixed, forced };
}

function almostEqual(a: number, b: number): boolean {
  const sum = Math.abs(a) + Math.abs(b);
  const difference = Math.abs(a - b);
  if (a === 0 || b === 0 || sum < SMALLEST_NORMAL) return difference < TOLERANCE * SMALLEST_NORMAL;
  return difference / Math.min(sum, Number.MAX_VALUE) < TOLERANCE;
}
