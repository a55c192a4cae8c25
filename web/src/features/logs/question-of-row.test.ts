import assert from 'node:assert/strict';
import { test } from 'node:test';
import { questionOfRow } from './question-of-row.ts';

test('the newest line before the place behind a row is the row', () => {
  const rest = { query: '', limit: 1, order: 'newest' };
  assert.deepEqual(questionOfRow('1700000000123456_41'), {
    ...{ ...rest, from: 1_700_000_000_123, to: 1_700_000_000_124, cursor: '1700000000123456_42' },
  });
  // The largest sequence has none behind it: it is the newest of its time.
  assert.deepEqual(questionOfRow('5000_18446744073709551615'), { ...rest, from: 5, to: 6 });
});

test('what is no id asks for nothing', () => {
  for (const id of ['', 'x', '1_', "1_1' OR 1", '12345678901234567_1']) assert.equal(questionOfRow(id), undefined, id);
});
