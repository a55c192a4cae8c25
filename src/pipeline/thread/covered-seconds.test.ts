import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { coveredSeconds } from './covered-seconds.ts';

const T = Date.UTC(2026, 0, 1);
const spansOf = (times: readonly number[]) =>
  coveredSeconds({
    ...{ rows: times.length, oldest: Math.min(...times), newest: Math.max(...times) },
    at: (row) => times[row] ?? Number.NaN,
  });

test('seconds that follow each other are one span; an hour apart they are two', () => {
  assert.deepEqual(spansOf([]), []);
  assert.deepEqual(spansOf([T + 1.5]), [[T, T + 1_000]]);
  assert.deepEqual(spansOf([T + 1_999, T, T + 999.999]), [[T, T + 2_000]]);
  assert.deepEqual(spansOf([T, T - 3_600_000]), [
    [T - 3_600_000, T - 3_599_000],
    [T, T + 1_000],
  ]);
});

test('spans hold every time, in few pieces, and reach no further than their grain', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 2 * 86_400_000, noNaN: true }), { minLength: 1 }), (offsets) => {
      const times = offsets.map((offset) => T + offset);
      const spans = spansOf(times);
      assert.ok(times.every((t) => spans.some(([from, to]) => from <= t && t < to)));
      assert.ok(spans.every(([from], i) => from > (spans[i - 1]?.[1] ?? 0)));
      const grain = Math.max(1_000, (Math.max(...times) - Math.min(...times)) / 1_024);
      assert.ok(spans.every(([from, to]) => times.some((t) => from <= t && t < to && t - from <= to - from + grain)));
      assert.ok(spans.reduce((sum, [from, to]) => sum + to - from, 0) <= times.length * grain * 2);
    }),
  );
});
