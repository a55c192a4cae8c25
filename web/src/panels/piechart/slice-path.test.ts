import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharesOf, slicePath } from './slice-path.ts';

test('shares follow one another and make one', () => {
  assert.deepEqual(sharesOf([1, Number.NaN, 2, -3, 1]), [
    { from: 0, to: 0.25 },
    { from: 0.25, to: 0.25 },
    { from: 0.25, to: 0.75 },
    { from: 0.75, to: 0.75 },
    { from: 0.75, to: 1 },
  ]);
  assert.deepEqual(sharesOf([0, 0]), [
    { from: 0, to: 0 },
    { from: 0, to: 0 },
  ]);
});

test('a slice begins at the top; nothing is no path', () => {
  assert.match(slicePath(0, 0.25), /^M50\.00 4\.00 A46 46 0 0 1 96\.00 50\.00 L/);
  assert.match(slicePath(0, 1), / 0 1 1 /);
  assert.equal(slicePath(0.5, 0.5), '');
});
