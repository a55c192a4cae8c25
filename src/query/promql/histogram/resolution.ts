import { type Buckets, CUSTOM_BUCKETS, type NativeHistogram } from '#core/model/histogram.ts';
import { bucketsOf, type Cells, cellsOf, compactBuckets, remapCells } from './cells.ts';

/** True for histograms whose bucket bounds are listed. */
export function usesCustomBuckets(histogram: NativeHistogram): boolean {
  return histogram.schema === CUSTOM_BUCKETS;
}

/**
 * The histogram in an exponential schema of the same or a lower resolution: each halving merges pairs of buckets. As it
 * is when it has that schema, or custom buckets.
 */
export function reduceTo(histogram: NativeHistogram, schema: number): NativeHistogram {
  if (usesCustomBuckets(histogram) || schema >= histogram.schema) return histogram;
  const halvings = histogram.schema - schema;
  const reduce = (buckets: Buckets): Buckets => bucketsOf(reduceCells(cellsOf(buckets), halvings));
  return { ...histogram, schema, positive: reduce(histogram.positive), negative: reduce(histogram.negative) };
}

function reduceCells(cells: Cells, halvings: number): Cells {
  return remapCells(cells, (index) => ((index - 1) >> halvings) + 1);
}

/** Without empty buckets, and with as few spans as can be. */
export function compact(histogram: NativeHistogram): NativeHistogram {
  const { positive, negative } = histogram;
  return { ...histogram, positive: compactBuckets(positive), negative: compactBuckets(negative) };
}
