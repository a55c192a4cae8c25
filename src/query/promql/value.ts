import type { NativeHistogram } from '#core/model/histogram.ts';
import type { Labels } from '#core/model/labels.ts';

/** The times at which an expression is evaluated: start, start + step, …; ms. An instant query has one. */
export type Steps = { readonly start: number; readonly step: number; readonly count: number };

/**
 * One series of an instant vector over all steps. Step i has a value where `present[i]` is 1: `histograms[i]` when it is
 * set, else `values[i]` (which may be NaN: absence is never NaN).
 */
export type VectorSeries = {
  /** With `__name__` while the series has one. */
  readonly labels: Labels;
  readonly values: Float64Array;
  readonly present: Uint8Array;
  /** Absent when no step has a histogram. */
  readonly histograms?: (NativeHistogram | undefined)[];
  /** The name is to be dropped at the end of the evaluation (delayed name removal). */
  readonly dropName?: boolean;
};

/** A scalar has a value at every step; a string does not vary. */
export type Value =
  | { readonly kind: 'vector'; readonly series: readonly VectorSeries[] }
  | { readonly kind: 'scalar'; readonly values: Float64Array }
  | { readonly kind: 'string'; readonly text: string };

/** `info` annotations name what is odd in the query or data, `warn` what makes an answer incomplete or wrong. */
export type Annotation = { readonly level: 'info' | 'warn'; readonly message: string };

/**
 * Samples of one series in time order, t in ms, one record a time. Record i is `histograms[i]` when it is set, else the
 * float `v[i]`. Stale markers are floats with the bits of {@link isStale}.
 */
export type RawSamples = {
  readonly t: Float64Array;
  readonly v: Float64Array;
  readonly histograms?: readonly (NativeHistogram | undefined)[];
};

const STALE_LOW = 2;
const STALE_HIGH = 0x7ff00000;

/** The bits of an array of float64, for {@link isStale}: words of value i at 2i (low) and 2i + 1. */
export const wordsOf = (values: Float64Array): Uint32Array =>
  new Uint32Array(values.buffer, values.byteOffset, values.length * 2);

/** Whether value i is Prometheus' stale marker, the NaN 0x7ff0000000000002: told by bits, which numbers do not keep. */
export const isStale = (words: Uint32Array, i: number): boolean =>
  words[2 * i + 1] === STALE_HIGH && words[2 * i] === STALE_LOW;
