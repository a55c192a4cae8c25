import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { NativeHistogram } from '#core/model/histogram.ts';
import { trimHistogram } from './trim.ts';

const side = (counts: readonly number[]) => ({
  spans: counts.length === 0 ? [] : [{ offset: 0, length: counts.length }],
  counts: Float64Array.from(counts),
});

const histogram = fc
  .record({
    positive: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 6 }),
    negative: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 6 }),
    zeroCount: fc.integer({ min: 0, max: 5 }),
    schema: fc.integer({ min: -2, max: 3 }),
  })
  .map(({ positive, negative, zeroCount, schema }): NativeHistogram => {
    const count = [...positive, ...negative].reduce((sum, one) => sum + one, zeroCount);
    const [zeroThreshold, sum] = [0.001, 7];
    const sides = { positive: side(positive), negative: side(negative) };
    return {
      ...sides,
      schema,
      count,
      sum,
      zeroCount,
      zeroThreshold,
      resetHint: 'gauge',
      customValues: new Float64Array(),
    };
  });

test('what lies below and what lies above are all observations together', () => {
  fc.assert(
    fc.property(histogram, fc.double({ min: -100, max: 100, noNaN: true }), (whole, at) => {
      const below = trimHistogram(whole, { at, keeps: 'below' });
      const above = trimHistogram(whole, { at, keeps: 'above' });
      assert.ok(below.count >= 0 && above.count >= 0);
      assert.ok(Math.abs(below.count + above.count - whole.count) < 1e-9, `${below.count} + ${above.count}`);
    }),
  );
});

test('a histogram that loses nothing is the same', () => {
  fc.assert(
    fc.property(histogram, (whole) => {
      assert.equal(trimHistogram(whole, { at: Infinity, keeps: 'below' }), whole);
      assert.equal(trimHistogram(whole, { at: -Infinity, keeps: 'above' }), whole);
    }),
  );
});
