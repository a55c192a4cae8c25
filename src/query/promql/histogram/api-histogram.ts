import type { NativeHistogram } from '#core/model/histogram.ts';
import { formatValue } from '#query/promql/number-text.ts';
import { allBuckets, type Bucket } from './all-buckets.ts';

/** Which bounds belong to a bucket: 0 the upper, 1 the lower, 2 neither, 3 both. */
export type BoundaryRule = 0 | 1 | 2 | 3;

/** A native histogram as the Prometheus HTTP API gives it; `buckets` is absent when none is populated. */
export type ApiHistogram = {
  readonly count: string;
  readonly sum: string;
  readonly buckets?: readonly (readonly [BoundaryRule, string, string, string])[];
};

/** The histogram in the shape of the Prometheus HTTP API. */
export function toApiHistogram(histogram: NativeHistogram): ApiHistogram {
  const buckets = allBuckets(histogram)
    .filter(({ count }) => count !== 0)
    .map((bucket) => {
      const [lower, upper, count] = [bucket.lower, bucket.upper, bucket.count].map(formatValue) as [
        string,
        string,
        string,
      ];
      return [ruleOf(bucket), lower, upper, count] as const;
    });
  const totals = { count: formatValue(histogram.count), sum: formatValue(histogram.sum) };
  return buckets.length === 0 ? totals : { ...totals, buckets };
}

function ruleOf({ lowerInclusive, upperInclusive }: Bucket): BoundaryRule {
  if (lowerInclusive) return upperInclusive ? 3 : 1;
  return upperInclusive ? 0 : 2;
}
