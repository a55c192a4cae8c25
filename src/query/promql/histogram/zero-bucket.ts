import type { Buckets, NativeHistogram } from '#core/model/histogram.ts';
import { upperBound } from './bucket-bound.ts';
import { bucketsOf, cellsOf } from './cells.ts';

/** Zero bucket that a histogram would have with a larger threshold. */
export type ZeroBucket = { readonly threshold: number; readonly count: number };

/**
 * The zero bucket for a threshold that is not below the histogram's own. A threshold within a populated bucket grows to
 * the end of that bucket.
 */
export function zeroBucketFor(histogram: NativeHistogram, threshold: number): ZeroBucket {
  if (threshold === histogram.zeroThreshold) return { threshold, count: histogram.zeroCount };
  let grown = threshold;
  for (;;) {
    const before = grown;
    let count = histogram.zeroCount;
    for (const buckets of [histogram.positive, histogram.negative]) {
      const swallowed = swallow(histogram, buckets, grown);
      count += swallowed.count;
      grown = swallowed.threshold;
    }
    if (grown === before) return { threshold: grown, count };
  }
}

function swallow(histogram: NativeHistogram, buckets: Buckets, threshold: number): ZeroBucket {
  const cells = cellsOf(buckets);
  let count = 0;
  for (const [i, index] of cells.indexes.entries()) {
    if (upperBound(histogram.schema, index - 1, histogram.customValues) >= threshold) break;
    const inBucket = cells.counts[i] as number;
    const upper = upperBound(histogram.schema, index, histogram.customValues);
    count += inBucket;
    if (upper > threshold) return { threshold: inBucket === 0 ? threshold : upper, count };
  }
  return { threshold, count };
}

/** Both histograms with the smallest zero bucket that suits both: neither threshold lies within a populated bucket. */
export function withSameZeroBucket(
  a: NativeHistogram,
  b: NativeHistogram,
): readonly [NativeHistogram, NativeHistogram] {
  let [left, right] = [a, b];
  while (left.zeroThreshold !== right.zeroThreshold) {
    if (left.zeroThreshold > right.zeroThreshold) right = widened(right, left.zeroThreshold);
    else left = widened(left, right.zeroThreshold);
  }
  return [left, right];
}

function widened(histogram: NativeHistogram, threshold: number): NativeHistogram {
  const zero = zeroBucketFor(histogram, threshold);
  const outside = (buckets: Buckets): Buckets => {
    const { indexes, counts } = cellsOf(buckets);
    const kept = indexes.map((index, i) =>
      upperBound(histogram.schema, index - 1, histogram.customValues) >= zero.threshold ? (counts[i] as number) : 0,
    );
    return bucketsOf({ indexes, counts: kept });
  };
  return {
    ...histogram,
    zeroThreshold: zero.threshold,
    zeroCount: zero.count,
    positive: outside(histogram.positive),
    negative: outside(histogram.negative),
  };
}
