import type { NativeHistogram } from '#core/model/histogram.ts';
import { allBuckets, type Bucket } from './all-buckets.ts';
import { oneSidedZero } from './quantile.ts';
import { usesCustomBuckets } from './resolution.ts';

/** A share of observations, and whether some are NaN and belong to no share. */
export type Fraction = { readonly value: number; readonly hasNaNs: boolean };

/**
 * The share of observations between two bounds, interpolated as quantiles are. NaN without observations or for a bound
 * that is NaN; 0 when the bounds are not in order.
 */
export function fractionOf(histogram: NativeHistogram, lower: number, upper: number): Fraction {
  if (histogram.count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return { value: NaN, hasNaNs: false };
  if (lower >= upper) return { value: 0, hasNaNs: false };
  const buckets = allBuckets(histogram);
  const inBuckets = Number.isNaN(histogram.sum) ? buckets.reduce((sum, { count }) => sum + count, 0) : histogram.count;
  const rankOf = (bound: number): number => Math.min(rankAt(histogram, buckets, bound) ?? inBuckets, inBuckets);
  return { value: (rankOf(upper) - rankOf(lower)) / histogram.count, hasNaNs: inBuckets < histogram.count };
}

function rankAt(histogram: NativeHistogram, buckets: readonly Bucket[], bound: number): number | undefined {
  const isCustom = usesCustomBuckets(histogram);
  let rank = 0;
  for (const each of buckets) {
    const isZero = each.lower <= 0 && each.upper >= 0;
    const bucket = isZero ? oneSidedZero(each, histogram) : each;
    if (bucket.lower >= bound) return rank;
    if (bucket.upper > bound) {
      // Nothing can be said of a bucket without lower bound but that all of it may be below.
      if ((isCustom || isZero) && bucket.lower === -Infinity) return bucket.count;
      return rank + bucket.count * (isCustom || isZero ? linearShare(bucket, bound) : exponentialShare(bucket, bound));
    }
    rank += bucket.count;
  }
  return undefined;
}

function linearShare({ lower, upper }: Bucket, bound: number): number {
  return (bound - lower) / (upper - lower);
}

function exponentialShare({ lower, upper }: Bucket, bound: number): number {
  const [logLower, logUpper, log] = [lower, upper, bound].map((value) => Math.log2(Math.abs(value))) as [
    number,
    number,
    number,
  ];
  return bound > 0 ? (log - logLower) / (logUpper - logLower) : 1 - (log - logUpper) / (logLower - logUpper);
}
