import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenOfHash } from './setup-token.ts';

test('the token is read from the hash', () => {
  assert.equal(tokenOfHash('#t=a-b_c'), 'a-b_c');
  assert.equal(tokenOfHash('#x=1&t=abc'), 'abc');
});

test('no token is no token', () => {
  for (const hash of ['', '#', '#t=', '#section']) assert.equal(tokenOfHash(hash), undefined);
});
