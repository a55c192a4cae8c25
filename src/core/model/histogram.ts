/** A run of buckets: `offset` from the end of the run before (for the first: the index of its first bucket). */
export type BucketSpan = { readonly offset: number; readonly length: number };

/** Populated buckets of one side: spans and one absolute count per bucket in them. */
export type Buckets = { readonly spans: readonly BucketSpan[]; readonly counts: Float64Array };

/** What is known of the counter behind a histogram. */
export const RESET_HINTS = ['unknown', 'reset', 'no_reset', 'gauge'] as const;
export type ResetHint = (typeof RESET_HINTS)[number];

/** The schema of histograms whose bucket bounds are listed (`customValues`). */
export const CUSTOM_BUCKETS = -53;

/**
 * A native histogram at one time, counts as float64: Prometheus' FloatHistogram. Schemas −4 … 8 have the bounds
 * 2^(index · 2^−schema); schema {@link CUSTOM_BUCKETS} has `customValues` as upper bounds, then +Inf.
 */
export type NativeHistogram = {
  readonly schema: number;
  readonly resetHint: ResetHint;
  readonly count: number;
  readonly sum: number;
  readonly zeroThreshold: number;
  readonly zeroCount: number;
  readonly positive: Buckets;
  readonly negative: Buckets;
  readonly customValues: Float64Array;
};
