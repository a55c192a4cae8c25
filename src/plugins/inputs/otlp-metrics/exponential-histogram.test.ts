import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Buckets } from '#core/model/histogram.ts';
import { nativeHistogramOf } from './exponential-histogram.ts';
import type { ExponentialPoint } from './export-request.ts';

const POINT: ExponentialPoint = {
  kind: 'exponential',
  attributes: [],
  t: 1,
  hasNoValue: false,
  exemplars: [],
  count: 10,
  sum: 12.5,
  scale: 3,
  zeroCount: 2,
  zeroThreshold: 0,
  positive: { offset: 0, counts: [] },
  negative: { offset: 0, counts: [] },
};

test('buckets move up by one, runs of empty ones are left out', () => {
  const point = {
    ...POINT,
    positive: { offset: -3, counts: [0, 1, 0, 0, 2, 0, 0, 0, 3, 0] },
    negative: { offset: 4, counts: [2] },
  };
  assert.deepEqual(nativeHistogramOf(point), {
    schema: 3,
    resetHint: 'unknown',
    count: 10,
    sum: 12.5,
    zeroThreshold: 1e-128,
    zeroCount: 2,
    positive: {
      spans: [
        { offset: -1, length: 4 },
        { offset: 3, length: 1 },
      ],
      counts: Float64Array.of(1, 0, 0, 2, 3),
    },
    negative: { spans: [{ offset: 5, length: 1 }], counts: Float64Array.of(2) },
    customValues: new Float64Array(),
  });
});

test('a scale beyond 8 is reduced by merging neighbours', () => {
  const histogram = nativeHistogramOf({ ...POINT, scale: 10, positive: { offset: -5, counts: [1, 1, 1, 1, 1, 1] } });
  assert.equal(histogram?.schema, 8);
  // −5 | −4 … −1 | 0, by fours: −2, −1, 0; each up by one.
  assert.deepEqual(histogram?.positive, { spans: [{ offset: -1, length: 3 }], counts: Float64Array.of(1, 4, 1) });
});

test('a scale below -4 has no native histogram, a given zero threshold is kept', () => {
  assert.equal(nativeHistogramOf({ ...POINT, scale: -5 }), undefined);
  assert.equal(nativeHistogramOf({ ...POINT, zeroThreshold: 0.25 })?.zeroThreshold, 0.25);
});

test('every observation stays in the bucket that holds it, at any scale and offset', () => {
  const counts = fc.array(fc.nat(3), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(
      counts,
      fc.integer({ min: -1000, max: 1000 }),
      fc.integer({ min: -4, max: 20 }),
      (list, offset, scale) => {
        const { positive } =
          nativeHistogramOf({ ...POINT, scale, positive: { offset, counts: list } }) ?? assert.fail();
        const expected = new Map<number, number>();
        const width = 2 ** Math.max(0, scale - 8);
        for (const [i, count] of list.entries()) {
          const index = Math.floor((offset + i) / width) + 1;
          if (count > 0) expected.set(index, (expected.get(index) ?? 0) + count);
        }
        assert.deepEqual(countsByIndex(positive), expected);
      },
    ),
  );
});

function countsByIndex({ spans, counts }: Buckets): Map<number, number> {
  const found = new Map<number, number>();
  let index = 0;
  let at = 0;
  for (const { offset, length } of spans) {
    index += offset;
    for (let i = 0; i < length; i += 1, index += 1, at += 1) if (counts[at] !== 0) found.set(index, counts[at] ?? 0);
  }
  assert.equal(at, counts.length);
  return found;
}
