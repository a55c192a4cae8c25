import fc from 'fast-check';
import type { NativeHistogram } from '#core/model/histogram.ts';
import { histogramOf } from './histogram-of.ts';

const counts = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 12 });
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Exponential histograms whose count is that of their buckets. */
export const exponentialHistogram: fc.Arbitrary<NativeHistogram> = fc
  .record({
    schema: fc.integer({ min: -4, max: 8 }),
    buckets: counts,
    offset: fc.integer({ min: -40, max: 40 }),
    negativeBuckets: counts,
    negativeOffset: fc.integer({ min: -40, max: 40 }),
    zeroCount: fc.integer({ min: 0, max: 100 }),
    zeroThreshold: fc.constantFrom(0, 2 ** -128, 0.001, 0.01),
    sum: fc.integer({ min: -1000, max: 1000 }),
  })
  .map((spec) => histogramOf({ ...spec, count: spec.zeroCount + sumOf(spec.buckets) + sumOf(spec.negativeBuckets) }));

/** Histograms with custom buckets, some of whose bounds others have too. */
export const customHistogram: fc.Arbitrary<NativeHistogram> = fc
  .uniqueArray(fc.constantFrom(1, 2, 5, 10, 25, 100), { maxLength: 6 })
  .chain((bounds) =>
    fc
      .array(fc.integer({ min: 0, max: 1000 }), { minLength: bounds.length + 1, maxLength: bounds.length + 1 })
      .map((buckets) =>
        histogramOf({ schema: -53, bounds: bounds.toSorted((a, b) => a - b), buckets, count: sumOf(buckets), sum: 1 }),
      ),
  );
