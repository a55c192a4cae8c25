import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sparklinePath } from './sparkline-path.ts';

test('the line spans the box, highest value on top', () => {
  assert.equal(sparklinePath([0, 5, 10], 102, 12), 'M1.0 11.0L51.0 6.0L101.0 1.0');
});

test('a gap breaks the line, nothing is drawn without values', () => {
  assert.equal(sparklinePath([1, Number.NaN, 1], 10, 10), 'M1.0 5.0M9.0 5.0');
  assert.equal(sparklinePath([Number.NaN], 10, 10), '');
  assert.equal(sparklinePath([], 10, 10), '');
});
