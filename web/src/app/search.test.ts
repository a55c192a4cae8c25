import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseSearch, printSearch, sharedSearch } from './search.ts';

test('a printed search is read back as the same search', () => {
  const value = fc.string({ minLength: 1, unit: 'grapheme' });
  fc.assert(
    fc.property(fc.dictionary(value, value, { noNullPrototype: true }), (search) => {
      assert.deepEqual(parseSearch(printSearch(search)), search);
    }),
  );
});

test('absent and empty values leave no trace, and links stay legible', () => {
  assert.equal(printSearch({ from: undefined, scope: '' }), '');
  assert.equal(printSearch({ from: 'now-15m', path: '/a,b:c' }), '?from=now-15m&path=/a,b:c');
});

test('only texts are taken as time and scope', () => {
  assert.deepEqual(sharedSearch({ from: 7, to: 'now', scope: '' }), { from: undefined, to: 'now', scope: undefined });
});
