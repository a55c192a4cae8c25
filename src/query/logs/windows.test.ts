import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readingWindows } from './windows.ts';

const BUCKET = 600_000_000;

test('windows cover the range without gap or overlap, nearest first, and few of them a year of nothing', () => {
  const order = fc.constantFrom('newest' as const, 'oldest' as const);
  const year = 365 * 144 * BUCKET;
  fc.assert(
    fc.property(
      fc.nat(year),
      fc.integer({ min: 1, max: year }),
      order,
      fc.array(fc.nat(3)),
      fc.boolean(),
      (from, length, way, found, isRare) => {
        const windows = readingWindows([from, from + length], way, isRare);
        let edge = way === 'newest' ? from + length : from;
        let count = 0;
        for (let step = windows.next(0); step.done !== true; step = windows.next(found[count++] ?? 0)) {
          const [low, high, isFirst] = step.value;
          assert.equal(isFirst, count === 0);
          assert.equal(way === 'newest' ? high : low, edge);
          assert.ok(low < high);
          edge = way === 'newest' ? low : high;
          assert.ok(edge % BUCKET === 0 || edge === (way === 'newest' ? from : from + length));
        }
        assert.equal(edge, way === 'newest' ? from : from + length);
        assert.ok(count < 12);
      },
    ),
  );
});

test('what is rare is looked for in many pieces at once', () => {
  const first = readingWindows([0, 1_000 * BUCKET], 'newest', true).next(0);
  assert.deepEqual(first.value, [744 * BUCKET, 1_000 * BUCKET, true]);
});
