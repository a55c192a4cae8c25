import type { Buckets, NativeHistogram, ResetHint } from '#core/model/histogram.ts';
import { meanOf, sumOf } from '#query/promql/sum-and-mean.ts';
import { bucketsOf, cellsOf, compactBuckets, sameSpans } from './cells.ts';
import { inSameLayout } from './same-layout.ts';

/** A sum or mean of many histograms, and what had to be done for it. */
export type Total = {
  readonly histogram: NativeHistogram;
  /** Some know of a counter reset, others that there was none. */
  readonly resetCollision: boolean;
  /** Custom bounds differed: the result has those that all have. */
  readonly boundsReconciled: boolean;
};

/** The sum of at least one histogram; undefined for a mix of exponential and custom buckets. */
export function sumOfHistograms(histograms: readonly NativeHistogram[]): Total | undefined {
  return totalOf(histograms, sumOf);
}

/** The mean of at least one histogram; undefined as for sums. */
export function meanOfHistograms(histograms: readonly NativeHistogram[]): Total | undefined {
  return totalOf(histograms, meanOf);
}

function totalOf(histograms: readonly NativeHistogram[], combine: (values: Float64Array) => number): Total | undefined {
  const same = inSameLayout(histograms);
  const [first] = same?.histograms ?? [];
  if (same === undefined || first === undefined) return undefined;
  const all = same.histograms;
  const total = (valueOf: (histogram: NativeHistogram) => number): number => combine(Float64Array.from(all, valueOf));
  const buckets = (side: 'positive' | 'negative'): Buckets =>
    combineBuckets(
      all.map((histogram) => histogram[side]),
      combine,
    );
  const hints = new Set(histograms.map(({ resetHint }) => resetHint));
  return {
    histogram: {
      ...first,
      resetHint: commonHint(hints),
      count: total(({ count }) => count),
      sum: total(({ sum }) => sum),
      zeroCount: total(({ zeroCount }) => zeroCount),
      positive: buckets('positive'),
      negative: buckets('negative'),
    },
    resetCollision: hints.has('reset') && hints.has('no_reset'),
    boundsReconciled: same.boundsReconciled,
  };
}

function commonHint(hints: ReadonlySet<ResetHint>): ResetHint {
  if (hints.has('gauge')) return 'gauge';
  const [only = 'unknown'] = hints;
  return hints.size === 1 ? only : 'unknown';
}

/** Bucket by bucket; one that a histogram does not have counts 0. */
function combineBuckets(sides: readonly Buckets[], combine: (values: Float64Array) => number): Buckets {
  const [first] = sides;
  if (first !== undefined && sides.every((side) => sameSpans(first, side)))
    return combineInPlace(first, sides, combine);
  const byIndex = new Map<number, Float64Array>();
  for (const [nth, side] of sides.entries()) {
    const { indexes, counts } = cellsOf(side);
    for (const [i, index] of indexes.entries()) {
      const values = byIndex.get(index) ?? new Float64Array(sides.length);
      values[nth] = counts[i] as number;
      byIndex.set(index, values);
    }
  }
  const indexes = [...byIndex.keys()].sort((a, b) => a - b);
  return bucketsOf({ indexes, counts: indexes.map((index) => combine(byIndex.get(index) as Float64Array)) });
}

/** The common case, all in the same spans. */
function combineInPlace(
  { spans, counts }: Buckets,
  sides: readonly Buckets[],
  combine: (values: Float64Array) => number,
): Buckets {
  const combined = new Float64Array(counts.length);
  const values = new Float64Array(sides.length);
  for (let i = 0; i < combined.length; i++) {
    for (let nth = 0; nth < values.length; nth++) values[nth] = (sides[nth] as Buckets).counts[i] as number;
    combined[i] = combine(values);
  }
  return compactBuckets({ spans, counts: combined });
}
