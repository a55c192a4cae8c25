import type { NativeHistogram } from '#core/model/histogram.ts';
import { allBuckets, type Bucket } from '#query/promql/histogram/index.ts';
import { formatShort } from '#query/promql/number-text.ts';

/** A histogram as Prometheus prints it: `{count:3, sum:5, (0.5,1]:3}`. */
export function histogramText(histogram: NativeHistogram): string {
  const buckets = allBuckets(histogram).filter(({ count }) => count !== 0);
  const parts = [
    `count:${formatShort(histogram.count)}`,
    `sum:${formatShort(histogram.sum)}`,
    ...buckets.map(bucketText),
  ];
  return `{${parts.join(', ')}}`;
}

function bucketText({ lower, upper, lowerInclusive, upperInclusive, count }: Bucket): string {
  const bounds = `${formatShort(lower)},${formatShort(upper)}`;
  return `${lowerInclusive ? '[' : '('}${bounds}${upperInclusive ? ']' : ')'}:${formatShort(count)}`;
}
