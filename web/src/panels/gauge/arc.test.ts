import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arcPath, shareOf } from './arc.ts';

test('a gauge goes from left over the top to the right', () => {
  assert.equal(arcPath(0, 0.5, 50), 'M10.00 60.00 A50 50 0 0 1 60.00 10.00');
  assert.equal(arcPath(0, 1, 50), 'M10.00 60.00 A50 50 0 0 1 110.00 60.00');
});

test('a share stays between the ends', () => {
  assert.deepEqual(
    [shareOf(5, 0, 10), shareOf(20, 0, 10), shareOf(-5, 0, 10), shareOf(Number.NaN, 0, 10), shareOf(3, 5, 5)],
    [0.5, 1, 0, 0, 0],
  );
});
