import type { NativeHistogram } from '#core/model/histogram.ts';
import { allBuckets, type Bucket } from './all-buckets.ts';
import { usesCustomBuckets } from './resolution.ts';

/** The variance of the observations, each taken for the middle of its bucket: geometric in exponential ones. */
export function varianceOf(histogram: NativeHistogram): number {
  const mean = histogram.sum / histogram.count;
  const isCustom = usesCustomBuckets(histogram);
  let sum = 0;
  for (const bucket of allBuckets(histogram)) {
    if (bucket.count === 0) continue;
    const delta = (isCustom ? (bucket.upper + bucket.lower) / 2 : exponentialMiddle(bucket)) - mean;
    sum += bucket.count * delta * delta;
  }
  return sum / histogram.count;
}

function exponentialMiddle({ lower, upper }: Bucket): number {
  if (lower <= 0 && upper >= 0) return 0;
  const middle = Math.sqrt(upper * lower);
  return upper < 0 ? -middle : middle;
}
