import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valueBuckets } from './value-buckets.ts';

test('values are counted between round bounds', () => {
  const buckets = valueBuckets([Float64Array.of(0, 1, 2, Number.NaN), Float64Array.of(9, 9.5)], 5);
  assert.deepEqual(
    buckets.map(({ from, to, count }) => [from, to, count]),
    [
      [0, 2, 2],
      [2, 4, 1],
      [4, 6, 0],
      [6, 8, 0],
      [8, 10, 2],
    ],
  );
});

test('one value is one bucket, no value is none', () => {
  assert.equal(
    valueBuckets([Float64Array.of(3, 3)], 10).reduce((sum, { count }) => sum + count, 0),
    2,
  );
  assert.deepEqual(valueBuckets([Float64Array.of(Number.NaN)], 10), []);
});
