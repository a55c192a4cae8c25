import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountBalance, reasonsOf } from './account-balance.ts';

const account = {
  input: 'graphite',
  received: 100,
  stored: 80,
  held: 5,
  rejected: { bad_line: 7, too_old: 3 },
  dropped: { disk_full: 5 },
};

test('an account in which everything is somewhere is balanced', () => {
  assert.equal(accountBalance(account), 0);
  assert.equal(accountBalance({ ...account, received: 103 }), 3);
  assert.equal(accountBalance({ ...account, stored: 82 }), -2);
});

test('only reasons that occurred are listed, the most frequent first', () => {
  assert.deepEqual(reasonsOf({ a: 0, b: 2, c: 9 }), [
    ['c', 9],
    ['b', 2],
  ]);
});
