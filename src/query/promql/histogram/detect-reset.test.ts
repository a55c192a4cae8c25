import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isResetBetween } from './detect-reset.ts';
import { type HistogramSpec, histogramOf } from './testing/histogram-of.ts';

const CASES: readonly (readonly [string, HistogramSpec, HistogramSpec, boolean])[] = [
  ['the same', { count: 3, buckets: [1, 2] }, { count: 3, buckets: [1, 2] }, false],
  ['more in a bucket', { count: 3, buckets: [1, 2] }, { count: 4, buckets: [1, 3] }, false],
  ['less in all', { count: 3, buckets: [3] }, { count: 2, buckets: [2] }, true],
  ['less in one bucket, more in another', { count: 3, buckets: [1, 2] }, { count: 4, buckets: [4, 0] }, true],
  ['a populated bucket is gone', { count: 3, buckets: [1, 2] }, { count: 5, buckets: [5] }, true],
  ['an empty bucket is gone', { count: 3, buckets: [3, 0] }, { count: 5, buckets: [5] }, false],
  ['a lower sum', { count: 3, sum: 9, buckets: [3] }, { count: 3, sum: 1, buckets: [3] }, false],
  ['less in the zero bucket', { count: 3, zeroCount: 3 }, { count: 3, zeroCount: 2, buckets: [1] }, true],
  ['a higher resolution', { count: 1, buckets: [1] }, { schema: 1, count: 2, buckets: [2] }, true],
  [
    'a lower resolution',
    { schema: 1, count: 2, buckets: [1, 1], offset: 1 },
    { count: 2, buckets: [2], offset: 1 },
    false,
  ],
  [
    'a narrower zero bucket',
    { count: 1, zeroThreshold: 0.1, zeroCount: 1 },
    { count: 1, zeroThreshold: 0.01, zeroCount: 1 },
    true,
  ],
  [
    'a wider zero bucket at the end of a bucket',
    { count: 2, zeroThreshold: 0.1, buckets: [2], offset: -1 },
    { count: 2, zeroThreshold: 0.5, zeroCount: 2 },
    false,
  ],
  [
    'a wider zero bucket within a populated bucket',
    { count: 2, zeroThreshold: 0.1, buckets: [2], offset: -1 },
    { count: 2, zeroThreshold: 0.3, zeroCount: 2 },
    true,
  ],
  ['a hint of a reset', { count: 1 }, { count: 2, resetHint: 'reset' }, true],
  ['a hint of none', { count: 5 }, { count: 2, resetHint: 'no_reset' }, false],
  ['custom after exponential buckets', { count: 1 }, { schema: -53, count: 2, bounds: [1] }, true],
  [
    'custom bounds of which one is gone',
    { schema: -53, count: 3, bounds: [1, 2], buckets: [1, 2] },
    { schema: -53, count: 4, bounds: [2], buckets: [4] },
    false,
  ],
  [
    'custom bounds of which one is gone, and a fall',
    { schema: -53, count: 3, bounds: [1, 2], buckets: [1, 2] },
    { schema: -53, count: 4, bounds: [2], buckets: [2, 2] },
    true,
  ],
];

for (const [name, before, after, expected] of CASES) {
  test(`${name} is ${expected ? 'a' : 'no'} reset`, () => {
    assert.equal(isResetBetween(histogramOf(before), histogramOf(after)), expected);
  });
}
