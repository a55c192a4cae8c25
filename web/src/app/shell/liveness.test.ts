import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveness, youngSince } from './liveness.ts';

const NOW = 1_790_000_000_000;

test('the age of the newest sample decides between live, late and bad', () => {
  const levels = [0, 900, 3_500, 3_501, 15_000, 15_001].map((age) => liveness('open', NOW - age, NOW).level);
  assert.deepEqual(levels, ['good', 'good', 'good', 'late', 'late', 'bad']);
  assert.match(liveness('open', NOW - 4_000, NOW).text, /^Stale 4/);
});

test('no connection is bad however new the last sample is', () => {
  assert.equal(liveness('closed', NOW, NOW).level, 'bad');
  assert.equal(liveness('connecting', undefined, NOW).text, 'Offline');
});

test('a page that watches nothing is neither live nor stale', () => {
  assert.equal(liveness('open', undefined, NOW).level, 'idle');
});

test('a sample from ahead of the clock is not negative old', () => {
  assert.match(liveness('open', NOW + 700, NOW).text, /^Live 0/);
});

test('data younger than the range is told by its beginning', () => {
  assert.equal(youngSince(NOW - 60_000, 900_000, NOW), NOW - 60_000);
  assert.equal(youngSince(NOW - 900_000, 900_000, NOW), undefined);
  assert.equal(youngSince(undefined, 900_000, NOW), undefined);
});
