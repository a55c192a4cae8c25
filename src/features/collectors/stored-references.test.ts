import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storedReferences } from './stored-references.ts';

test('references are found wherever they stand, each once; others are left alone', () => {
  const options = {
    password: 'stored:cache',
    token: 'env:TOKEN',
    list: [{ key: 'stored:key' }, 'stored:cache'],
    no: null,
  };
  assert.deepEqual(storedReferences(options), ['cache', 'key']);
  assert.deepEqual(storedReferences(undefined), []);
});
