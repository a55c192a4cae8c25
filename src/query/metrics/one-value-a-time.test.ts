import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneValueATime } from './one-value-a-time.ts';

test('of several values of one time the highest stays, a number before NaN', () => {
  const cases: readonly [t: number[], v: number[], kept: [number, number][]][] = [
    [
      [1, 2, 3],
      [5, 4, 6],
      [
        [1, 5],
        [2, 4],
        [3, 6],
      ],
    ],
    [
      [1, 1, 1, 2],
      [5, 9, 7, 1],
      [
        [1, 9],
        [2, 1],
      ],
    ],
    [
      [1, 1, 2, 2],
      [Number.NaN, 3, 4, Number.NaN],
      [
        [1, 3],
        [2, 4],
      ],
    ],
    [[1, 1], [Number.NaN, Number.NaN], [[1, Number.NaN]]],
    [[], [], []],
  ];
  for (const [t, v, kept] of cases) {
    const found = oneValueATime(Float64Array.from(t), Float64Array.from(v));
    assert.deepEqual(
      [...found.t].map((time, i) => [time, found.v[i]]),
      kept,
    );
  }
});

test('NaNs that move keep their bits', () => {
  const v = Float64Array.of(1, 2, 0, 3);
  new BigUint64Array(v.buffer)[2] = 0x7ff0000000000002n;
  const found = oneValueATime(Float64Array.of(1, 1, 2, 3), v);
  assert.equal(new BigUint64Array(found.v.buffer, found.v.byteOffset, 2)[1], 0x7ff0000000000002n);
});
