import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { NativeHistogram } from '#core/model/histogram.ts';
import { addHistograms, allBuckets, equalHistograms, meanOfHistograms, sumOfHistograms } from './index.ts';
import { customHistogram, exponentialHistogram } from './testing/arbitrary-histogram.ts';
import { histogramOf } from './testing/histogram-of.ts';

const inBuckets = (histogram: NativeHistogram): number =>
  allBuckets(histogram).reduce((sum, { count }) => sum + count, 0);

for (const [kind, histograms] of [
  ['exponential', exponentialHistogram],
  ['custom', customHistogram],
] as const) {
  test(`a sum of many ${kind} histograms has every observation, whatever their order`, () => {
    fc.assert(
      fc.property(fc.array(histograms, { minLength: 1, maxLength: 5 }), (all) => {
        const sum = sumOfHistograms(all)?.histogram as NativeHistogram;
        assert.ok(equalHistograms(sum, sumOfHistograms(all.toReversed())?.histogram as NativeHistogram));
        assert.equal(
          inBuckets(sum),
          all.reduce((total, each) => total + inBuckets(each), 0),
        );
      }),
    );
  });

  test(`a sum of two ${kind} histograms is that of addition`, () => {
    fc.assert(
      fc.property(histograms, histograms, (a, b) => {
        const added = addHistograms(a, b)?.histogram as NativeHistogram;
        assert.ok(equalHistograms(sumOfHistograms([a, b])?.histogram as NativeHistogram, added));
      }),
    );
  });
}

test('sums and means keep what rounding would lose, and means do not overflow', () => {
  // Prometheus, promql/promqltest/testdata/native_histograms.test: histogram_sum_over_time.
  const sums = [1e100, 1, -1e100, 1].map((sum) => histogramOf({ count: 1, sum }));
  assert.equal(sumOfHistograms(sums)?.histogram.sum, 2);
  assert.equal(meanOfHistograms(sums)?.histogram.sum, 0.5);
  const large = [1e308, 1e308, 1e308].map((count) => histogramOf({ count, buckets: [count] }));
  assert.equal(sumOfHistograms(large)?.histogram.count, Infinity);
  assert.ok(Math.abs((meanOfHistograms(large)?.histogram.positive.counts[0] as number) / 1e308 - 1) < 1e-12);
});

test('nothing has no sum', () => {
  assert.equal(sumOfHistograms([]), undefined);
});
