import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeSeries } from '#query/graphite/series.ts';
import { jsonNumber } from './json-number.ts';
import { PointBytes } from './point-bytes.ts';

const VALUES = [
  0,
  -0,
  1,
  9,
  10,
  11,
  99,
  100,
  999_999_999,
  1_000_000_000,
  2 ** 31,
  2 ** 53,
  -1,
  -10,
  0.1,
  1.5,
  -1e-7,
  1e21,
  5e-324,
  1 / 3,
  Number.MAX_VALUE,
  Number.NaN,
  Infinity,
  -Infinity,
]; // prettier-ignore

const seriesOf = (values: readonly number[], start = 1_700_000_000, step = 60) =>
  makeSeries({ name: 'a', start, step, end: start + values.length * step, values: Float64Array.from(values) });
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

test('numbers are written as JavaScript writes them', () => {
  const written = text(new PointBytes().write(seriesOf(VALUES), false));
  const expected = VALUES.map((value, i) => `[${jsonNumber(value)}, ${1_700_000_000 + i * 60}]`);
  assert.equal(written, expected.join(', '));
});

test('points without a value are left out on demand, the first too', () => {
  const bytes = new PointBytes();
  assert.equal(text(bytes.write(seriesOf([Number.NaN, 2, Number.NaN]), true)), '[2, 1700000060]');
  assert.equal(text(bytes.write(seriesOf([Number.NaN]), true)), '');
});

test('memory is used again by series of other grids and sizes', () => {
  const bytes = new PointBytes();
  const many = Array.from({ length: 50_000 }, (_, i) => i / 7);
  const parsed = JSON.parse(`[${text(bytes.write(seriesOf(many, 1, 1), false))}]`) as [number, number][];
  assert.deepEqual(
    parsed.map(([value]) => value),
    many,
  );
  assert.equal(text(bytes.write(seriesOf([1], 999_999_999, 10), false)), '[1, 999999999]');
  assert.equal(text(bytes.write(seriesOf([1, 2], 999_999_999, 10), false)), '[1, 999999999], [2, 1000000009]');
});
