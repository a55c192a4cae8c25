import assert from 'node:assert/strict';
import { test } from 'node:test';
import { greatestFirst } from './legend-order.ts';

test('the line with the greatest mean comes first, gaps count for nothing, equals keep their order', () => {
  const lines = [[1, 1], [Number.NaN, 9], [], [1, 1], [-12, -12]].map((line) => Float64Array.from(line));
  assert.deepEqual(greatestFirst(lines, 5), [4, 1, 0, 3, 2]);
});

test('lines that have no data yet keep their places', () => {
  assert.deepEqual(greatestFirst([], 3), [0, 1, 2]);
});
