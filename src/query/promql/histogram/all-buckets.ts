import { CUSTOM_BUCKETS, type NativeHistogram } from '#core/model/histogram.ts';
import { upperBound } from './bucket-bound.ts';
import { cellsOf } from './cells.ts';

/** A bucket with its bounds and absolute count. */
export type Bucket = {
  readonly lower: number;
  readonly upper: number;
  readonly lowerInclusive: boolean;
  readonly upperInclusive: boolean;
  readonly count: number;
};

/** Every bucket of the layout in ascending order, the zero bucket when it is populated. What overlaps it is clipped. */
export function allBuckets(histogram: NativeHistogram): readonly Bucket[] {
  const negative = sideOf(histogram, 'negative').map(mirrored).reverse();
  const positive = sideOf(histogram, 'positive');
  if (!(histogram.zeroCount > 0)) return [...negative, ...positive];
  const { zeroThreshold, zeroCount } = histogram;
  const zero: Bucket = {
    lower: -zeroThreshold,
    upper: zeroThreshold,
    lowerInclusive: true,
    upperInclusive: true,
    count: zeroCount,
  };
  return [...negative, zero, ...positive];
}

function sideOf(histogram: NativeHistogram, side: 'positive' | 'negative'): Bucket[] {
  const { schema, customValues, zeroThreshold } = histogram;
  const { indexes, counts } = cellsOf(histogram[side]);
  const isCustom = schema === CUSTOM_BUCKETS;
  return indexes.map((index, i) => {
    const lower = upperBound(schema, index - 1, customValues);
    return {
      lower: !isCustom && lower < zeroThreshold ? zeroThreshold : lower,
      upper: upperBound(schema, index, customValues),
      lowerInclusive: isCustom && index === 0,
      upperInclusive: true,
      count: counts[i] as number,
    };
  });
}

function mirrored({ lower, upper, lowerInclusive, upperInclusive, count }: Bucket): Bucket {
  return { lower: -upper, upper: -lower, lowerInclusive: upperInclusive, upperInclusive: lowerInclusive, count };
}
