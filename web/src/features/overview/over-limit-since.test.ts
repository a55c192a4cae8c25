import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sinceAbove } from './over-limit-since.ts';

const GRID = { start: 1_000, step: 10 };
const since = (...values: number[]): number | undefined => sinceAbove(Float64Array.from(values), GRID, 0.85);

test('the run above the limit that lasts until now begins after the last value below', () => {
  assert.equal(since(0.9, 0.1, 0.9, 0.95), 1_020);
  assert.equal(since(0.9, 0.9), 1_000);
});

test('gaps do not end a run and do not begin one', () => {
  assert.equal(since(Number.NaN, 0.9, Number.NaN, 0.9, Number.NaN), 1_010);
});

test('a newest value below the limit has no since', () => {
  assert.equal(since(0.9, 0.2), undefined);
  assert.equal(sinceAbove(undefined, GRID, 0.85), undefined);
});
