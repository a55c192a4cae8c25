import type { NativeHistogram } from '#core/model/histogram.ts';

/** The worker whose inputs read the format `records`. */
export const RECORD_WORKER = new URL('./record-worker.ts', import.meta.url);

/** A histogram with something in every field. */
export const HISTOGRAM: NativeHistogram = {
  schema: -2,
  resetHint: 'no_reset',
  count: 21,
  sum: -3.25,
  zeroThreshold: 1e-128,
  zeroCount: 2,
  positive: {
    spans: [
      { offset: -3, length: 2 },
      { offset: 4, length: 1 },
    ],
    counts: Float64Array.of(1, 2, 3),
  },
  negative: { spans: [{ offset: 0, length: 1 }], counts: Float64Array.of(13) },
  customValues: new Float64Array(0),
};
