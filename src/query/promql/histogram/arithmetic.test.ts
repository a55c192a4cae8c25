import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { NativeHistogram } from '#core/model/histogram.ts';
import {
  addHistograms,
  allBuckets,
  type Combined,
  compact,
  divideHistogram,
  equalHistograms,
  isResetBetween,
  scaleHistogram,
  subtractHistograms,
} from './index.ts';
import { customHistogram, exponentialHistogram } from './testing/arbitrary-histogram.ts';
import { histogramOf } from './testing/histogram-of.ts';

const present = (combined: Combined | undefined): NativeHistogram => {
  assert.ok(combined);
  return combined.histogram;
};
const inBuckets = (histogram: NativeHistogram): number =>
  allBuckets(histogram).reduce((sum, { count }) => sum + count, 0);

for (const [kind, histograms] of [
  ['exponential', exponentialHistogram],
  ['custom', customHistogram],
] as const) {
  test(`addition of ${kind} histograms is commutative and loses no observation`, () => {
    fc.assert(
      fc.property(histograms, histograms, (a, b) => {
        const sum = present(addHistograms(a, b));
        assert.ok(equalHistograms(sum, present(addHistograms(b, a))));
        assert.equal(inBuckets(sum), inBuckets(a) + inBuckets(b));
        assert.equal(sum.count, a.count + b.count);
      }),
    );
  });

  test(`what was added to ${kind} histograms can be subtracted: the same layout as a − b + b`, () => {
    fc.assert(
      fc.property(histograms, histograms, (a, b) => {
        const back = present(subtractHistograms(present(addHistograms(a, b)), b));
        assert.equal(back.count, a.count);
        assert.equal(inBuckets(back), inBuckets(a));
        assert.ok(equalHistograms(back, present(addHistograms(present(subtractHistograms(a, b)), b))));
      }),
    );
  });

  test(`${kind}: a histogram minus itself is empty, and twice it is it plus itself`, () => {
    fc.assert(
      fc.property(histograms, (a) => {
        assert.deepEqual(present(subtractHistograms(a, a)).positive.spans, []);
        assert.ok(equalHistograms(present(addHistograms(a, a)), compact(scaleHistogram(a, 2))));
      }),
    );
  });

  test(`${kind}: growth is no reset, shrinkage is`, () => {
    fc.assert(
      fc.property(histograms, histograms, (a, b) => {
        const grown = present(addHistograms(a, b));
        const isSameLayout = grown.zeroThreshold === a.zeroThreshold && grown.schema === a.schema;
        if (isSameLayout) assert.equal(isResetBetween(a, grown), false);
        if (b.count > 0) assert.equal(isResetBetween(grown, a), true);
      }),
    );
  });
}

test('adding reduces to the lower resolution', () => {
  const fine = histogramOf({ schema: 1, count: 6, buckets: [1, 2, 3], offset: 1 });
  const coarse = histogramOf({ schema: 0, count: 4, buckets: [4], offset: 1 });
  const sum = present(addHistograms(fine, coarse));
  assert.equal(sum.schema, 0);
  // Buckets 1 and 2 of schema 1 are (1, √2] and (√2, 2], so bucket 1 of schema 0; bucket 3 goes to bucket 2.
  assert.deepEqual(sum.positive, { spans: [{ offset: 1, length: 2 }], counts: Float64Array.of(7, 3) });
});

test('a larger zero bucket takes buckets of the other side in, up to the end of a populated one', () => {
  const narrow = histogramOf({ count: 7, zeroThreshold: 0.1, zeroCount: 1, buckets: [2, 3, 1], offset: -1 });
  const wide = histogramOf({ count: 2, zeroThreshold: 0.4, zeroCount: 2 });
  const sum = present(addHistograms(narrow, wide));
  assert.equal(sum.zeroThreshold, 0.5);
  assert.equal(sum.zeroCount, 5);
  assert.deepEqual(sum.positive, { spans: [{ offset: 0, length: 2 }], counts: Float64Array.of(3, 1) });
});

test('custom bounds are reconciled to those that both have', () => {
  const a = histogramOf({ schema: -53, count: 6, bounds: [1, 5, 10], buckets: [1, 2, 3] });
  const b = histogramOf({ schema: -53, count: 9, bounds: [5, 20], buckets: [4, 5] });
  const sum = addHistograms(a, b);
  assert.equal(sum?.boundsReconciled, true);
  assert.deepEqual([...(sum?.histogram.customValues ?? [])], [5]);
  assert.deepEqual([...(sum?.histogram.positive.counts ?? [])], [7, 8]);
});

test('exponential and custom buckets do not add up', () => {
  const custom = histogramOf({ schema: -53, bounds: [1] });
  assert.equal(addHistograms(histogramOf({}), custom), undefined);
  assert.equal(subtractHistograms(custom, histogramOf({})), undefined);
});

const HINTS = [
  ['unknown', 'unknown', 'unknown', false],
  ['reset', 'reset', 'reset', false],
  ['gauge', 'reset', 'gauge', false],
  ['unknown', 'gauge', 'gauge', false],
  ['unknown', 'no_reset', 'unknown', false],
  ['reset', 'no_reset', 'unknown', true],
] as const;
for (const [a, b, expected, collision] of HINTS) {
  test(`hints ${a} and ${b} make ${expected}`, () => {
    const sum = addHistograms(histogramOf({ resetHint: a }), histogramOf({ resetHint: b }));
    assert.equal(sum?.histogram.resetHint, expected);
    assert.equal(sum?.resetCollision, collision);
  });
}

test('a negative factor makes a gauge; a division by zero leaves no buckets', () => {
  const histogram = histogramOf({ count: 2, sum: 4, buckets: [2] });
  assert.equal(scaleHistogram(histogram, -1).resetHint, 'gauge');
  assert.equal(divideHistogram(histogram, -2).count, -1);
  const divided = divideHistogram(histogram, 0);
  assert.equal(divided.count, Infinity);
  assert.equal(divided.positive.counts.length, 0);
});
