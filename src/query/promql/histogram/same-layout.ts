import type { NativeHistogram } from '#core/model/histogram.ts';
import { commonBounds, sameBounds, withBounds } from './custom-bounds.ts';
import { reduceTo, usesCustomBuckets } from './resolution.ts';
import { withSameZeroBucket } from './zero-bucket.ts';

/** Histograms in one layout. */
export type SameLayout = {
  readonly histograms: readonly NativeHistogram[];
  /** Custom bounds differed: the layout has those that all have. */
  readonly boundsReconciled: boolean;
};

/**
 * Histograms in the finest layout that suits them all: the lowest resolution, the smallest zero bucket that ends within no
 * populated bucket, the common custom bounds. Undefined for a mix of exponential and custom buckets.
 */
export function inSameLayout(histograms: readonly NativeHistogram[]): SameLayout | undefined {
  const custom = histograms.filter(usesCustomBuckets);
  if (custom.length === 0) return { histograms: inSameExponentialLayout(histograms), boundsReconciled: false };
  return custom.length === histograms.length ? inSameBounds(custom) : undefined;
}

function inSameBounds(histograms: readonly NativeHistogram[]): SameLayout {
  const bounds = histograms.map(({ customValues }) => customValues).reduce(commonBounds);
  return {
    histograms: histograms.map((histogram) => withBounds(histogram, bounds)),
    boundsReconciled: histograms.some(({ customValues }) => !sameBounds(customValues, bounds)),
  };
}

function inSameExponentialLayout(histograms: readonly NativeHistogram[]): readonly NativeHistogram[] {
  const schema = Math.min(...histograms.map((histogram) => histogram.schema));
  return inSameZeroBucket(histograms).map((histogram) => reduceTo(histogram, schema));
}

/** The widest is widened until it suits every other; then every other suits it. */
function inSameZeroBucket(histograms: readonly NativeHistogram[]): readonly NativeHistogram[] {
  const [first, ...others] = histograms;
  if (first === undefined || others.every(({ zeroThreshold }) => zeroThreshold === first.zeroThreshold)) {
    return histograms;
  }
  let widest = first;
  for (let before = -1; before !== widest.zeroThreshold; ) {
    before = widest.zeroThreshold;
    for (const other of histograms) [widest] = withSameZeroBucket(widest, other);
  }
  return histograms.map((histogram) => withSameZeroBucket(histogram, widest)[0]);
}
