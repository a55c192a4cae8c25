import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bridged, paceOf, reachOf } from './pace.ts';

const NONE = Number.NaN;
const column = (...values: readonly number[]): Float64Array => Float64Array.from(values);

test('the pace of a column is the longest distance that is no exception', () => {
  const cases: readonly (readonly [pace: number, ...values: number[]])[] = [
    [1, 1, 2, 3, 4],
    [1],
    [1, NONE, NONE, 5],
    [3, 1, NONE, NONE, 2, NONE, NONE, 3, NONE, NONE],
    [2, 1, 2, NONE, 3, 4, NONE, 5, 6],
    [1, 1, 2, 3, 4, 5, 6, NONE, NONE, 9, 10],
  ];
  for (const [pace, ...values] of cases) assert.equal(paceOf(column(...values)), pace, values.join(' '));
});

test('between values that come seldom lies a straight line, and a gap stays one', () => {
  const seldom = column(2, NONE, 4, NONE, NONE, NONE, NONE, 8, NONE, 6, NONE, NONE);
  assert.equal(reachOf(2), 3);
  assert.deepEqual([...bridged(seldom, 2)], [2, 3, 4, NONE, NONE, NONE, NONE, 8, 7, 6, 6, NONE]);
  const whole = column(1, NONE, 3);
  assert.equal(bridged(whole, 1), whole);
});
