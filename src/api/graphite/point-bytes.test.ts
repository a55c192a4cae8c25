import assert from 'node:assert/strict';
import { test } from 'node:test';
import { POINT_BYTES, PointBytes } from './point-bytes.ts';

const stretchOf = (values: readonly number[], start = 1_700_000_000, step = 60) => ({
  start,
  step,
  values: Float64Array.from(values),
});

/** What is written with something before and behind it. */
function written(points: PointBytes, stretch: ReturnType<typeof stretchOf>, noNullPoints = false): string {
  const bytes = Buffer.alloc(3 + (stretch.values.length + 1) * POINT_BYTES, '#');
  const end = points.write(new DataView(bytes.buffer, bytes.byteOffset), 3, stretch, noNullPoints);
  assert.equal(bytes.toString('latin1', 0, 3), '###');
  return bytes.toString('latin1', 3, end);
}

test('points are values with their times', () => {
  const points = new PointBytes();
  assert.equal(written(points, stretchOf([1.5, Number.NaN])), '[1.5, 1700000000], [null, 1700000060]');
  assert.equal(written(points, stretchOf([7])), '[7, 1700000000]');
});

test('points without a value are left out on demand, the first too', () => {
  const points = new PointBytes();
  assert.equal(written(points, stretchOf([Number.NaN, 2, Number.NaN]), true), '[2, 1700000060]');
  assert.equal(written(points, stretchOf([Number.NaN]), true), '');
});

test('times of any length, sign and fraction are written', () => {
  const points = new PointBytes();
  assert.equal(written(points, stretchOf([1], 999_999_999, 10)), '[1, 999999999]');
  assert.equal(written(points, stretchOf([1, 2], 999_999_999, 10)), '[1, 999999999], [2, 1000000009]');
  assert.equal(written(points, stretchOf([1, 2, 3], -5, 5)), '[1, -5], [2, 0], [3, 5]');
  assert.equal(written(points, stretchOf([1, 2], 0.5, 1)), '[1, 0.5], [2, 1.5]');
  assert.equal(written(points, stretchOf([1, 2], 170_000_000_000, 1)), '[1, 170000000000], [2, 170000000001]');
});

test('more stretches of time than are kept are written all the same', () => {
  const points = new PointBytes();
  for (let start = 1_700_000_000; start < 1_700_000_200; start++) {
    const expected = `[1, ${start}], [2.5, ${start + 60}]`;
    for (const repeated of [1, 2])
      assert.equal(written(points, stretchOf([1, 2.5], start)), expected, String(repeated));
  }
});
