import type { Buckets, NativeHistogram } from '#core/model/histogram.ts';
import { cellsOf } from './cells.ts';
import { sameBounds } from './custom-bounds.ts';

/** Whether two histograms are the same data: layout (also of empty buckets), counts and sum, NaN equal to NaN. */
export function equalHistograms(a: NativeHistogram, b: NativeHistogram): boolean {
  return (
    a.schema === b.schema &&
    Object.is(a.count, b.count) &&
    Object.is(a.sum, b.sum) &&
    a.zeroThreshold === b.zeroThreshold &&
    Object.is(a.zeroCount, b.zeroCount) &&
    sameBounds(a.customValues, b.customValues) &&
    sameBuckets(a.positive, b.positive) &&
    sameBuckets(a.negative, b.negative)
  );
}

function sameBuckets(a: Buckets, b: Buckets): boolean {
  const [left, right] = [cellsOf(a), cellsOf(b)];
  return (
    left.indexes.length === right.indexes.length &&
    left.indexes.every((index, i) => index === right.indexes[i] && Object.is(left.counts[i], right.counts[i]))
  );
}
