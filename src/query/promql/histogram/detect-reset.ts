import type { Buckets, NativeHistogram } from '#core/model/histogram.ts';
import { upperBound } from './bucket-bound.ts';
import { type Cells, cellsOf, sameSpans } from './cells.ts';
import { commonBounds, sameBounds, withBounds } from './custom-bounds.ts';
import { reduceTo, usesCustomBuckets } from './resolution.ts';
import { zeroBucketFor } from './zero-bucket.ts';

/**
 * Whether the counter behind two consecutive histograms was reset between them: what the hint of the later one says, else
 * whether any count fell, the resolution rose or the zero bucket shrank.
 */
export function isResetBetween(previous: NativeHistogram, current: NativeHistogram): boolean {
  if (current.resetHint === 'reset') return true;
  if (current.resetHint === 'no_reset') return false;
  if (current.count < previous.count) return true;
  if (haveSameLayout(previous, current)) return hasFallenInPlace(previous, current);
  if (usesCustomBuckets(current)) return hasFallenCustom(previous, current);
  if (usesCustomBuckets(previous)) return true;
  if (current.schema > previous.schema || current.zeroThreshold < previous.zeroThreshold) return true;
  const zero = zeroBucketFor(previous, current.zeroThreshold);
  if (zero.threshold !== current.zeroThreshold || current.zeroCount < zero.count) return true;
  const reduced = reduceTo(previous, current.schema);
  const outside = (buckets: Buckets): Cells => cellsAbove(current, cellsOf(buckets));
  return (
    hasFallen(outside(reduced.positive), outside(current.positive)) ||
    hasFallen(outside(reduced.negative), outside(current.negative))
  );
}

function haveSameLayout(a: NativeHistogram, b: NativeHistogram): boolean {
  return (
    a.schema === b.schema &&
    a.zeroThreshold === b.zeroThreshold &&
    sameSpans(a.positive, b.positive) &&
    sameSpans(a.negative, b.negative) &&
    sameBounds(a.customValues, b.customValues)
  );
}

/** The common case, without a list of buckets made for it. */
function hasFallenInPlace(before: NativeHistogram, after: NativeHistogram): boolean {
  return (
    after.zeroCount < before.zeroCount ||
    hasFallenCount(before.positive.counts, after.positive.counts) ||
    hasFallenCount(before.negative.counts, after.negative.counts)
  );
}

function hasFallenCount(before: Float64Array, after: Float64Array): boolean {
  for (let i = 0; i < before.length; i++) if ((after[i] as number) < (before[i] as number)) return true;
  return false;
}

function hasFallenCustom(previous: NativeHistogram, current: NativeHistogram): boolean {
  if (!usesCustomBuckets(previous)) return true;
  const bounds = commonBounds(current.customValues, previous.customValues);
  return hasFallen(cellsOf(withBounds(previous, bounds).positive), cellsOf(withBounds(current, bounds).positive));
}

function cellsAbove(layout: NativeHistogram, cells: Cells): Cells {
  if (layout.zeroThreshold === 0) return cells;
  const first = cells.indexes.findIndex(
    (index) => upperBound(layout.schema, index, layout.customValues) > layout.zeroThreshold,
  );
  const from = first === -1 ? cells.indexes.length : first;
  return { indexes: cells.indexes.slice(from), counts: cells.counts.slice(from) };
}

function hasFallen(before: Cells, after: Cells): boolean {
  const now = new Map(after.indexes.map((index, i) => [index, after.counts[i] as number]));
  return before.indexes.some((index, i) => (now.get(index) ?? 0) < (before.counts[i] as number));
}
