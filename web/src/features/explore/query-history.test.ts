import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findQueries, type PastQuery, withQuery } from './query-history.ts';

const past = (text: string, at: number, language: PastQuery['language'] = 'promql'): PastQuery => ({
  language,
  text,
  at,
});

test('a query stands once, newest first', () => {
  const all = [past('a', 1), past('b', 2), past('a', 3), past('a', 4, 'sql'), past(' ', 5)].reduce<
    readonly PastQuery[]
  >((queries, query) => withQuery(queries, query), []);
  assert.deepEqual(
    all.map(({ text, at }) => [text, at]),
    [
      ['a', 4],
      ['a', 3],
      ['b', 2],
    ],
  );
});

test('queries are found by words, per language', () => {
  const all = [past('sum(rate(Errors))', 1), past('sum(up)', 2), past('sum errors', 3, 'sql')];
  assert.deepEqual(
    findQueries(all, 'promql', 'sum errors').map(({ at }) => at),
    [1],
  );
  assert.equal(findQueries(all, 'promql', '').length, 2);
});
