import assert from 'node:assert/strict';
import { test } from 'node:test';
import { histogramOf } from '#query/promql/histogram/testing/histogram-of.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { classicFraction, classicQuantile } from './classic-buckets.ts';
import { contextOf, functionOf, plain, seriesOf, valueOf } from './testing/call.ts';

const bucketsOf = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([le, count]) => ({ upper: le === '+Inf' ? Infinity : Number(le), count }));

// Prometheus, promql/promqltest/testdata/histograms.test.
const POSITIVE = { '0.1': 50, '0.2': 70, '1': 110, '+Inf': 120 };
const NEGATIVE = { '-0.2': 10, '-0.1': 20, '0.3': 30, '+Inf': 30 };
const QUANTILES: readonly (readonly [Readonly<Record<string, number>>, number, number])[] = [
  [POSITIVE, 0, 0],
  [POSITIVE, 0.2, 0.048],
  [POSITIVE, 0.5, 0.15],
  [POSITIVE, 0.8, 0.72],
  [POSITIVE, 1, 1],
  [NEGATIVE, 0, -0.2],
  [NEGATIVE, 0.5, -0.15],
  [NEGATIVE, 1, 0.3],
  [POSITIVE, -1, -Infinity],
  [POSITIVE, 2, Infinity],
  [POSITIVE, NaN, NaN],
  [{ '0.1': 1, '0.2': 2 }, 0.5, NaN],
  [{ '+Inf': 2 }, 0.5, NaN],
  [{ '1': 0, '+Inf': 0 }, 0.5, NaN],
];
for (const [counts, q, expected] of QUANTILES) {
  test(`quantile ${q} of ${JSON.stringify(counts)} is ${expected}`, () => {
    const { value } = classicQuantile(q, bucketsOf(counts));
    if (!Number.isFinite(expected)) assert.equal(value, expected);
    else assert.ok(Math.abs(value - expected) < 1e-12, `${value}`);
  });
}

test('counts that fall are raised, which is said; differences of rounding are ignored', () => {
  const fallen = classicQuantile(0.5, bucketsOf({ '1': 40, '2': 30, '+Inf': 60 }));
  assert.deepEqual(fallen, { value: 0.75, forcedMonotonicity: true });
  assert.equal(classicQuantile(0.5, bucketsOf({ '1': 40, '2': 40 - 1e-12, '+Inf': 60 })).forcedMonotonicity, false);
});

test('buckets of the same bound are added', () => {
  const buckets = [...bucketsOf({ '1': 1, '+Inf': 2 }), ...bucketsOf({ '1.0': 1, '+Inf': 2 })];
  assert.equal(classicQuantile(0.25, buckets).value, 0.5);
});

const FRACTIONS: readonly (readonly [number, number, number])[] = [
  [-Infinity, Infinity, 1],
  [0, 0.2, 70 / 120],
  [0.1, 0.15, 10 / 120],
  [1, Infinity, 10 / 120],
  [0.2, 0.1, 0],
  [NaN, 1, NaN],
];
for (const [lower, upper, expected] of FRACTIONS) {
  test(`fraction of ${lower} … ${upper} is ${expected}`, () => {
    const value = classicFraction(lower, upper, bucketsOf(POSITIVE));
    if (Number.isNaN(expected)) assert.equal(value, expected);
    else assert.ok(Math.abs(value - expected) < 1e-12, `${value}`);
  });
}

const classic = (labels: Record<string, string>, counts: Readonly<Record<string, number>>): VectorSeries[] =>
  Object.entries(counts).map(([le, count]) => seriesOf({ __name__: 'h', ...labels, le }, [count]));
const native = (labels: Record<string, string>): VectorSeries => ({
  ...seriesOf({ __name__: 'h', ...labels }, [0]),
  histograms: [histogramOf({ count: 4, sum: 5, buckets: [1, 2, 1] })],
});
const evaluate = (name: string, ...args: Parameters<typeof valueOf>[0][]) => {
  const context = contextOf();
  const series = plain(
    functionOf(name, 'whole').evaluate(
      args.map((arg) => valueOf(arg)),
      context,
    ),
  );
  return { series, notes: context.notes };
};

test('histogram_quantile of classic and native histograms side by side', () => {
  const { series, notes } = evaluate('histogram_quantile', 1, [...classic({ a: '1' }, POSITIVE), native({ a: '2' })]);
  assert.deepEqual(series, [
    [{ __name__: 'h', a: '1' }, [1]],
    [{ __name__: 'h', a: '2' }, [4]],
  ]);
  assert.deepEqual(notes, []);
});

test('a histogram that is both classic and native has no answer', () => {
  const { series, notes } = evaluate('histogram_fraction', 0, 1, [...classic({}, POSITIVE), native({})]);
  assert.deepEqual(series, []);
  assert.deepEqual(notes, [
    'PromQL warning: vector contains a mix of classic and native histograms for metric name "h"',
  ]);
});

test('floats without a bound, falling counts and quantiles out of range are noted', () => {
  const malformed = seriesOf({ __name__: 'h', le: 'Hello World' }, [1]);
  const { notes } = evaluate('histogram_quantile', 0.5, [malformed, ...classic({}, { '1': 4, '2': 3, '+Inf': 6 })]);
  assert.deepEqual(notes, [
    'PromQL warning: bucket label "le" is missing or has a malformed value of "Hello World" for metric name "h"',
    'PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile) for metric name "h"',
  ]);
  assert.match(evaluate('histogram_quantile', -0.5, []).notes[0] ?? '', /between 0 and 1, got -0.5/);
});

test('histogram_quantiles gives each quantile a label', () => {
  const { series } = evaluate('histogram_quantiles', classic({}, POSITIVE), 'q', 0.5, 1);
  assert.deepEqual(series, [
    [{ __name__: 'h', q: '0.5' }, [0.15000000000000002]],
    [{ __name__: 'h', q: '1.0' }, [1]],
  ]);
});
