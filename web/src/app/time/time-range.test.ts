import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationText, fixedRange, isLive, isTimeRange, spanOf, stepped, zoomedOut } from './time-range.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const HOUR = 3_600_000;
const past = { from: String(NOW - 3 * HOUR), to: String(NOW - 2 * HOUR) };

test('a relative range is resolved at the moment given', () => {
  assert.deepEqual(spanOf({ from: 'now-1h', to: 'now' }, NOW), { fromMs: NOW - HOUR, toMs: NOW });
});

test('an unreadable range is the last 15 minutes', () => {
  for (const range of [
    { from: 'x', to: 'now' },
    { from: 'now', to: 'now-1h' },
    { from: '99999999999999999', to: 'now' },
  ]) {
    assert.deepEqual(spanOf(range, NOW), { fromMs: NOW - HOUR / 4, toMs: NOW });
    assert.equal(isTimeRange(range), false);
  }
});

test('only a range that ends now and starts relative to it is live', () => {
  assert.equal(isLive({ from: 'now-15m', to: 'now' }), true);
  assert.equal(isLive({ from: past.from, to: 'now' }), false);
  assert.equal(isLive(past), false);
});

test('zooming out doubles the span; live stays live, the past never reaches beyond now', () => {
  assert.deepEqual(zoomedOut({ from: 'now-15m', to: 'now' }, NOW), { from: 'now-30m', to: 'now' });
  assert.deepEqual(spanOf(zoomedOut(past, NOW), NOW), { fromMs: NOW - 3.5 * HOUR, toMs: NOW - 1.5 * HOUR });
  const recent = { from: String(NOW - HOUR), to: String(NOW) };
  assert.deepEqual(spanOf(zoomedOut(recent, NOW), NOW), { fromMs: NOW - 1.5 * HOUR, toMs: NOW });
});

test('steps move by the span, and forward into the present goes live', () => {
  const before = stepped({ from: 'now-1h', to: 'now' }, -1, NOW);
  assert.deepEqual(spanOf(before, NOW), { fromMs: NOW - 2 * HOUR, toMs: NOW - HOUR });
  assert.deepEqual(stepped(before, 1, NOW), { from: 'now-1h', to: 'now' });
  assert.deepEqual(spanOf(stepped(past, 1, NOW), NOW), { fromMs: NOW - 2 * HOUR, toMs: NOW - HOUR });
});

test('a fixed range is whole milliseconds and at least a second long', () => {
  assert.deepEqual(fixedRange({ fromMs: 1_000.4, toMs: 1_000.6 }), { from: '1000', to: '2000' });
});

test('durations are written in the largest unit that divides them', () => {
  const texts = [500, 1_000, 90_000, 120_000, 5_400_000, 7_200_000, 86_400_000].map(durationText);
  assert.deepEqual(texts, ['1s', '1s', '90s', '2m', '90m', '2h', '1d']);
});
