import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exploreSearch, queriesOfSearch } from './explore-search.ts';

test('queries of any language survive the URL', () => {
  const queries = [
    { language: 'metrics', text: 'sum(up)' },
    { language: 'promql', text: 'rate(x{a="b"}[5m])', hidden: true },
    { language: 'graphite', text: 'a.b.c' },
    { language: 'sql', text: '' },
  ] as const;
  const search = exploreSearch(queries);
  assert.deepEqual(search, {
    q: 'sum(up)',
    q2: 'promql:rate(x{a="b"}[5m])',
    q3: 'graphite:a.b.c',
    q4: 'sql:',
    hide: '1',
  });
  assert.deepEqual(queriesOfSearch(search), queries);
});

test('an old URL is one of metric queries, whatever colons it has', () => {
  assert.deepEqual(queriesOfSearch({ q: 'job:up:sum', q2: 'metrics:x' }), [
    { language: 'metrics', text: 'job:up:sum' },
    { language: 'metrics', text: 'metrics:x' },
  ]);
});
