import type { Buckets, NativeHistogram } from '#core/model/histogram.ts';

/** What a test says of a histogram; the rest is 0, unknown or empty. `buckets` begin at bucket `offset`. */
export type HistogramSpec = Partial<Omit<NativeHistogram, 'positive' | 'negative' | 'customValues'>> & {
  readonly buckets?: readonly number[];
  readonly offset?: number;
  readonly negativeBuckets?: readonly number[];
  readonly negativeOffset?: number;
  readonly bounds?: readonly number[];
};

/** A histogram for a test. */
export function histogramOf(spec: HistogramSpec): NativeHistogram {
  const { buckets, offset, negativeBuckets, negativeOffset, bounds, ...fields } = spec;
  return {
    schema: 0,
    resetHint: 'unknown',
    count: 0,
    sum: 0,
    zeroThreshold: 0,
    zeroCount: 0,
    ...fields,
    positive: run(buckets, offset),
    negative: run(negativeBuckets, negativeOffset),
    customValues: Float64Array.from(bounds ?? []),
  };
}

function run(counts: readonly number[] = [], offset = 0): Buckets {
  const spans = counts.length === 0 ? [] : [{ offset, length: counts.length }];
  return { spans, counts: Float64Array.from(counts) };
}
