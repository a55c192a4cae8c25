import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fractionOf, quantileOf, varianceOf } from './index.ts';
import { type HistogramSpec, histogramOf } from './testing/histogram-of.ts';

const near = (actual: number, expected: number): void => {
  if (!Number.isFinite(expected)) assert.equal(actual, expected);
  else assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);
};

// Figures of Prometheus, promql/promqltest/testdata/native_histograms.test.
const SINGLE = { sum: 5, count: 4, buckets: [1, 2, 1] };
const NEGATIVE = { sum: -5, count: 4, negativeBuckets: [1, 2, 1] };
const BOTH = {
  sum: 9,
  count: 14,
  zeroCount: 2,
  zeroThreshold: 0.001,
  buckets: [2, 3, 0, 2, 3],
} as const;
const CUSTOM = { schema: -53, sum: 5, count: 4, bounds: [5, 10], buckets: [1, 2, 1] };

const QUANTILES: readonly (readonly [string, HistogramSpec, number, number])[] = [
  ['the middle of exponential buckets', SINGLE, 0.5, Math.SQRT2],
  ['the lower end', SINGLE, 0, 0.5],
  ['the upper end', SINGLE, 1, 4],
  ['the middle of negative buckets', NEGATIVE, 0.5, -Math.SQRT2],
  ['the zero bucket ends at 0 without negative buckets', BOTH, 1 / 14, 0.0005],
  ['below 0', SINGLE, -0.1, -Infinity],
  ['above 1', SINGLE, 1.1, Infinity],
  ['NaN', SINGLE, NaN, NaN],
  ['no observations', { count: 0 }, 0.5, NaN],
  ['the middle of custom buckets', CUSTOM, 0.5, 7.5],
  ['the first custom bucket begins at 0', CUSTOM, 0.125, 2.5],
  ['the last custom bucket has no end', CUSTOM, 0.9, 10],
  ['a first custom bucket below 0', { ...CUSTOM, bounds: [-5, 10] }, 0.1, -5],
];
for (const [name, spec, q, expected] of QUANTILES) {
  test(`quantile ${q}: ${name}`, () => near(quantileOf(histogramOf(spec), q).value, expected));
}

test('NaN observations are the largest: they move quantiles up or make them NaN', () => {
  const histogram = histogramOf({ sum: NaN, count: 8, buckets: [4] });
  assert.deepEqual(quantileOf(histogram, 0.9), { value: NaN, nan: 'result' });
  const low = quantileOf(histogram, 0.25);
  assert.equal(low.nan, 'skew');
  near(low.value, Math.SQRT1_2);
  assert.deepEqual(fractionOf(histogram, -Infinity, Infinity), { value: 0.5, hasNaNs: true });
});

const FRACTIONS: readonly (readonly [string, HistogramSpec, number, number, number])[] = [
  ['whole buckets', SINGLE, 1, 2, 0.5],
  ['part of a bucket', SINGLE, 1, Math.SQRT2, 0.25],
  ['everything', SINGLE, -Infinity, Infinity, 1],
  ['bounds out of order', SINGLE, 2, 1, 0],
  ['a bound of NaN', SINGLE, NaN, 1, NaN],
  ['no observations', { count: 0 }, 0, 1, NaN],
  ['negative buckets', NEGATIVE, -2, -1, 0.5],
  ['the zero bucket', { count: 4, zeroCount: 4, zeroThreshold: 0.5 }, -0.5, 0.25, 0.75],
  ['custom buckets', CUSTOM, 5, 7.5, 0.25],
  ['the last custom bucket', CUSTOM, 10, Infinity, 0.25],
];
for (const [name, spec, lower, upper, expected] of FRACTIONS) {
  test(`fraction of ${lower} … ${upper}: ${name}`, () =>
    near(fractionOf(histogramOf(spec), lower, upper).value, expected));
}

test('the variance takes observations for the geometric middle of their bucket', () => {
  near(
    varianceOf(histogramOf({ schema: 2, count: 4, sum: 10, buckets: [1, 0, 0, 0, 1, 0, 0, 1, 1] })),
    1.163807968526718,
  );
  near(varianceOf(histogramOf({ schema: 8, count: 10, sum: 10, buckets: [1, 2, 3, 4] })), 2.3971123370139447e-5);
  near(varianceOf(histogramOf({ count: 2, sum: 0, zeroCount: 2, zeroThreshold: 1 })), 0);
  near(varianceOf(histogramOf({ schema: -53, count: 2, sum: 6, bounds: [2, 4], buckets: [0, 2] })), 0);
});
