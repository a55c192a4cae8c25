import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extentOf, stack } from './stack.ts';

test('a stack adds up and a gap in one layer lifts no other', () => {
  const { tops, floors } = stack([
    Float64Array.of(1, 1, 1),
    Float64Array.of(2, Number.NaN, 2),
    Float64Array.of(3, 3, 3),
  ]);
  assert.deepEqual(
    tops.map((top) => [...top]),
    [
      [1, 1, 1],
      [3, Number.NaN, 3],
      [6, 4, 6],
    ],
  );
  assert.deepEqual([...(floors[2] ?? [])], [3, 1, 3]);
});

test('the extent ignores gaps', () => {
  assert.deepEqual(extentOf([Float64Array.of(Number.NaN, 4, -2)]), { min: -2, max: 4 });
  const none = extentOf([Float64Array.of(Number.NaN)]);
  assert.ok(none.min > none.max);
});
