import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { NativeHistogram } from '#core/model/histogram.ts';
import { histogramOf } from '#query/promql/histogram/testing/histogram-of.ts';
import { callRange } from './testing/call.ts';

const BIG = 1e308;
const CASES: readonly (readonly [string, readonly number[], number | undefined, (readonly number[])?])[] = [
  ['sum_over_time', [1, 2, 3], 6],
  ['sum_over_time', [1, 1e100, 1, -1e100], 2],
  ['sum_over_time', [BIG, BIG], Infinity],
  ['sum_over_time', [Infinity, -Infinity], NaN],
  ['avg_over_time', [1, 2, 6], 3],
  ['avg_over_time', [BIG, BIG, BIG, BIG], BIG],
  ['avg_over_time', [-BIG, -BIG], -BIG],
  ['avg_over_time', [1, Infinity], Infinity],
  ['avg_over_time', [1, NaN], NaN],
  ['avg_over_time', [5], 5],
  ['min_over_time', [2, NaN, 1], 1],
  ['min_over_time', [NaN, NaN], NaN],
  ['max_over_time', [NaN, -1, -3], -1],
  ['count_over_time', [1, NaN], 2],
  ['present_over_time', [NaN], 1],
  ['last_over_time', [1, 2], 2],
  ['first_over_time', [1, 2], 1],
  ['stdvar_over_time', [0, 8, 8, 2, 3], 10.56],
  ['stddev_over_time', [0, 8, 8, 2, 3], 3.249615],
  ['stdvar_over_time', [1.5990505637277868, 1.5990505637277868, 1.5990505637277868], 0],
  ['mad_over_time', [4, 6, 2, 1, 999, 1, 2], 1],
  ['quantile_over_time', [0, 1, 3], 1, [0.5]],
  ['quantile_over_time', [0, 1, 3], 2.2, [0.8]],
  ['quantile_over_time', [0, 1], -Infinity, [-1]],
  ['quantile_over_time', [0, 1], Infinity, [2]],
  ['quantile_over_time', [0, 1], NaN, [NaN]],
  ['quantile_over_time', [NaN, 1, 2], 1, [0.5]],
  ['ts_of_first_over_time', [5, 6], 0],
  ['ts_of_last_over_time', [5, 6], 300],
  ['ts_of_max_over_time', [1, 3, 3, 2], 600],
  ['ts_of_min_over_time', [NaN, 1, 1, 2], 600],
  ['sum_over_time', [], undefined],
  ['max_over_time', [], undefined],
  ['last_over_time', [], undefined],
  ['quantile_over_time', [], undefined, [0.5]],
];
for (const [name, samples, expected, scalars = []] of CASES) {
  test(`${name} of ${samples.join(' ')}${scalars.map((q) => ` with ${q}`).join('')} is ${expected}`, () => {
    const { sample } = callRange(name, { samples, scalars });
    if (typeof expected !== 'number' || !Number.isFinite(expected)) assert.equal(sample, expected);
    else assert.ok(Math.abs((sample as number) - expected) <= 1e-6 * Math.abs(expected), String(sample));
  });
}

test('mean, variance and quantiles lie where they must', () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (samples, q) => {
      const [least, greatest] = [Math.min(...samples), Math.max(...samples)];
      for (const [name, scalars] of [
        ['avg_over_time', []],
        ['quantile_over_time', [q]],
      ] as const) {
        const sample = callRange(name, { samples, scalars }).sample as number;
        assert.ok(sample >= least - 1e-9 && sample <= greatest + 1e-9, `${name}: ${sample}`);
      }
      assert.ok((callRange('stdvar_over_time', { samples }).sample as number) >= 0);
    }),
  );
});

const histograms = [1, 2, 6].map((count) => histogramOf({ count, sum: count * 2, buckets: [count] }));

test('sums and means of native histograms', () => {
  const sum = callRange('sum_over_time', { samples: histograms }).sample as NativeHistogram;
  assert.deepEqual([sum.count, sum.sum, ...sum.positive.counts], [9, 18, 9]);
  const mean = callRange('avg_over_time', { samples: histograms }).sample as NativeHistogram;
  assert.deepEqual([mean.count, mean.sum, ...mean.positive.counts], [3, 6, 3]);
});

test('a mean of histograms whose sum overflows is a running one', () => {
  const samples = [BIG, BIG, BIG, BIG].map((count) => histogramOf({ count, sum: count, buckets: [count] }));
  const mean = callRange('avg_over_time', { samples }).sample as NativeHistogram;
  assert.ok(Math.abs(mean.count / BIG - 1) < 1e-12);
});

test('sums of histograms note conflicting resets, reconciled bounds and mixed schemas', () => {
  const hinted = (['reset', 'no_reset'] as const).map((resetHint) => histogramOf({ resetHint, count: 1 }));
  assert.deepEqual(callRange('sum_over_time', { samples: hinted }).notes, [
    'PromQL warning: conflicting counter resets during histogram aggregation',
  ]);
  const custom = [[1], [2]].map((bounds) => histogramOf({ schema: -53, bounds }));
  assert.deepEqual(callRange('avg_over_time', { samples: custom }).notes, [
    'PromQL info: mismatched custom buckets were reconciled during aggregation',
  ]);
  const mixed = callRange('sum_over_time', { samples: [custom[0] as NativeHistogram, histogramOf({})] });
  assert.equal(mixed.sample, undefined);
  assert.match(mixed.notes[0] ?? '', /mix of histograms with exponential and custom buckets/);
});

test('sum and mean take no mix of floats and histograms; others pass histograms over and say so', () => {
  const samples = [1, ...histograms, 5];
  assert.equal(callRange('avg_over_time', { samples }).sample, undefined);
  const maximum = callRange('max_over_time', { samples });
  assert.equal(maximum.sample, 5);
  assert.deepEqual(maximum.notes, [
    'PromQL info: ignored histograms in a range containing both floats and histograms for metric name "metric"',
  ]);
  assert.deepEqual(callRange('max_over_time', { samples: histograms }), { sample: undefined, notes: [] });
  assert.equal(callRange('count_over_time', { samples }).sample, 5);
  assert.equal(callRange('last_over_time', { samples: histograms }).sample, histograms[2]);
});

test('a quantile out of range is noted', () => {
  assert.deepEqual(callRange('quantile_over_time', { samples: [1], scalars: [1.5] }).notes, [
    'PromQL warning: quantile value should be between 0 and 1, got 1.5',
  ]);
});
