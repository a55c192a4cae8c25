import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filledOf, movedTo, removedAt, replacedAt } from './list-edits.ts';

test('items are replaced, removed and moved, and nothing moves over an end', () => {
  const list = ['a', 'b', 'c'];
  assert.deepEqual(replacedAt(list, 1, 'x'), ['a', 'x', 'c']);
  assert.deepEqual(removedAt(list, 0), ['b', 'c']);
  assert.deepEqual(movedTo(list, 0, 2), ['b', 'c', 'a']);
  assert.deepEqual(movedTo(list, 2, 1), ['a', 'c', 'b']);
  assert.deepEqual(movedTo(list, 0, -1), list);
  assert.deepEqual(movedTo(list, 2, 3), list);
});

test('what is not set is no field', () => {
  const fields = { a: '', b: undefined, c: [], d: 0, e: false, f: 'x' };
  assert.deepEqual(filledOf(fields), { d: 0, e: false, f: 'x' });
});
