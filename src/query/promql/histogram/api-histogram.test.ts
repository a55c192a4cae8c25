import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toApiHistogram } from './api-histogram.ts';
import { upperBound } from './bucket-bound.ts';
import { histogramOf } from './testing/histogram-of.ts';

test('exponential buckets ascend, say which bounds they include, and leave empty ones out', () => {
  const histogram = histogramOf({
    count: 10,
    sum: -2.5,
    zeroThreshold: 0.001,
    zeroCount: 4,
    buckets: [1, 0, 2],
    negativeBuckets: [3],
    negativeOffset: 1,
  });
  assert.deepEqual(toApiHistogram(histogram), {
    count: '10',
    sum: '-2.5',
    buckets: [
      [1, '-2', '-1', '3'],
      [3, '-0.001', '0.001', '4'],
      [0, '0.5', '1', '1'],
      [0, '2', '4', '2'],
    ],
  });
});

test('custom buckets reach from −Inf to +Inf', () => {
  const histogram = histogramOf({ schema: -53, count: 6, sum: 1e21, bounds: [5, 10], buckets: [1, 2, 3] });
  assert.deepEqual(toApiHistogram(histogram), {
    count: '6',
    sum: '1e+21',
    buckets: [
      [3, '-Inf', '5', '1'],
      [0, '5', '10', '2'],
      [0, '10', '+Inf', '3'],
    ],
  });
});

test('a histogram without observations has no buckets', () => {
  assert.deepEqual(toApiHistogram(histogramOf({ buckets: [0] })), { count: '0', sum: '0' });
});

test('a bucket that overlaps the zero bucket begins where that ends', () => {
  const histogram = histogramOf({ count: 2, zeroThreshold: 0.75, zeroCount: 1, buckets: [1] });
  assert.deepEqual(toApiHistogram(histogram).buckets?.at(-1), [0, '0.75', '1', '1']);
});

const BOUNDS = [
  [0, 0, 1],
  [0, 3, 8],
  [0, -2, 0.25],
  [1, 3, 2.82842712474619],
  [3, 8, 2],
  [2, -1, 0.8408964152537144],
  [8, -1, 0.9972960560854698],
  [-1, 2, 16],
  [-4, 1, 65536],
  [0, 1024, Number.MAX_VALUE],
  [0, 1025, Infinity],
  [8, 1024 * 256, Number.MAX_VALUE],
  [-2, 256, Number.MAX_VALUE],
  [0, -1074, Number.MIN_VALUE],
] as const;
for (const [schema, index, expected] of BOUNDS) {
  test(`bucket ${index} of schema ${schema} ends at ${expected}`, () => {
    assert.equal(upperBound(schema, index, new Float64Array()), expected);
  });
}
