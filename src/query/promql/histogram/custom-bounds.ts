import type { NativeHistogram } from '#core/model/histogram.ts';
import { bucketsOf, cellsOf, remapCells } from './cells.ts';

/** Whether two lists of custom bounds are the same. */
export function sameBounds(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((bound, i) => bound === b[i]);
}

/** The bounds that both lists have; ascending as they are. */
export function commonBounds(a: Float64Array, b: Float64Array): Float64Array {
  const known = new Set(b);
  return a.filter((bound) => known.has(bound));
}

/** A histogram with custom buckets in fewer bounds, all of which it has: buckets between them are added up. */
export function withBounds(histogram: NativeHistogram, bounds: Float64Array): NativeHistogram {
  if (sameBounds(histogram.customValues, bounds)) return histogram;
  const targetOf = (index: number): number => {
    const bound = histogram.customValues[index] ?? Infinity;
    const target = bounds.findIndex((candidate) => candidate >= bound);
    return target === -1 ? bounds.length : target;
  };
  return {
    ...histogram,
    customValues: bounds,
    positive: bucketsOf(remapCells(cellsOf(histogram.positive), targetOf)),
  };
}
