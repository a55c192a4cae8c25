import type { NativeHistogram } from '#core/model/histogram.ts';
import { allBuckets, type Bucket } from './all-buckets.ts';
import { usesCustomBuckets } from './resolution.ts';

/** A quantile, and whether NaN observations made it NaN or moved it up. */
export type Quantile = { readonly value: number; readonly nan?: 'result' | 'skew' };

/**
 * The φ-quantile of the observations, interpolated within its bucket: on a logarithmic scale in exponential buckets,
 * linearly in the zero bucket and in custom ones. φ < 0 gives −Inf, φ > 1 +Inf; NaN without observations.
 */
export function quantileOf(histogram: NativeHistogram, q: number): Quantile {
  if (q < 0) return { value: -Infinity };
  if (q > 1) return { value: Infinity };
  if (histogram.count === 0 || Number.isNaN(q)) return { value: NaN };
  const hasNaNs = Number.isNaN(histogram.sum);
  // From the nearer end; observations of NaN count as the largest, so they are only passed from below.
  const isForward = hasNaNs || q < 0.5;
  const ascending = allBuckets(histogram);
  const buckets = isForward ? ascending : ascending.toReversed();
  const rank = (isForward ? q : 1 - q) * histogram.count;
  const hit = bucketAtRank(buckets, rank);
  const bucket = withNaturalBounds(hit.bucket, histogram);
  if (typeof bucket === 'number') return { value: bucket };
  const reached = Math.min(hit.reached, histogram.count);
  if (reached < rank) return hasNaNs ? { value: NaN, nan: 'result' } : { value: bucket.upper };
  const inBucket = isForward ? rank - (reached - bucket.count) : reached - rank;
  const value = interpolate(bucket, inBucket / bucket.count, usesCustomBuckets(histogram));
  const inBuckets = ascending.reduce((sum, { count }) => sum + count, 0);
  return hasNaNs && inBuckets < histogram.count ? { value, nan: 'skew' } : { value };
}

const NO_BUCKET: Bucket = { lower: 0, upper: 0, lowerInclusive: false, upperInclusive: false, count: 0 };

function bucketAtRank(buckets: readonly Bucket[], rank: number): { readonly bucket: Bucket; readonly reached: number } {
  let reached = 0;
  for (const bucket of buckets) {
    if (bucket.count === 0) continue;
    reached += bucket.count;
    if (reached >= rank) return { bucket, reached };
  }
  return { bucket: buckets.at(-1) ?? NO_BUCKET, reached };
}

/** The bucket with bounds to interpolate between, or the quantile itself where there is no such bound. */
function withNaturalBounds(bucket: Bucket, histogram: NativeHistogram): Bucket | number {
  if (!usesCustomBuckets(histogram)) {
    return bucket.lower < 0 && bucket.upper > 0 ? oneSidedZero(bucket, histogram) : bucket;
  }
  if (bucket.lower === -Infinity) return bucket.upper <= 0 ? bucket.upper : { ...bucket, lower: 0 };
  return bucket.upper === Infinity ? bucket.lower : bucket;
}

/** The zero bucket ends at 0 on a side of which the histogram has no buckets, if it has some of the other. */
export function oneSidedZero(bucket: Bucket, { negative, positive }: NativeHistogram): Bucket {
  if (negative.counts.length === 0 && positive.counts.length > 0) return { ...bucket, lower: 0 };
  if (positive.counts.length === 0 && negative.counts.length > 0) return { ...bucket, upper: 0 };
  return bucket;
}

function interpolate({ lower, upper }: Bucket, fraction: number, isCustom: boolean): number {
  if (isCustom || (lower <= 0 && upper >= 0)) return lower + (upper - lower) * fraction;
  const [logLower, logUpper] = [Math.log2(Math.abs(lower)), Math.log2(Math.abs(upper))];
  if (lower > 0) return 2 ** (logLower + (logUpper - logLower) * fraction);
  return -(2 ** (logUpper + (logLower - logUpper) * (1 - fraction)));
}
