import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valueAxis } from './axis-ticks.ts';

const wish = { fromZero: false, binary: false, intervals: 4 };

test('an axis ends at round numbers and holds the data', () => {
  assert.deepEqual(valueAxis({ ...wish, min: 0, max: 93 }).ticks, [0, 25, 50, 75, 100]);
  const bytes = valueAxis({ ...wish, min: 0, max: 37 * 2 ** 30, binary: true });
  assert.deepEqual(
    bytes.ticks.map((tick) => tick / 2 ** 30),
    [0, 16, 32, 48],
  );
});

test('data far from zero get an axis of their own, areas keep zero', () => {
  assert.ok(valueAxis({ ...wish, min: 950, max: 1000 }).min > 900);
  assert.equal(valueAxis({ ...wish, min: 950, max: 1000, fromZero: true }).min, 0);
});

test('flat, empty and zero data still have an axis', () => {
  for (const [min, max] of [
    [5, 5],
    [0, 0],
    [-3, -3],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ] as const) {
    const axis = valueAxis({ ...wish, min, max });
    assert.ok(axis.max > axis.min && axis.ticks.length >= 2, JSON.stringify([min, max, axis]));
  }
});

test('fixed ends stay fixed', () => {
  const axis = valueAxis({ ...wish, min: 3, max: 250, fixedMin: 0, fixedMax: 100 });
  assert.deepEqual([axis.min, axis.max], [0, 100]);
});
