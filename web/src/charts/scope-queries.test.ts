import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import { printMetricQuery } from '#core/metric-query/print.ts';
import { isMetricQuery } from './chart-query.ts';
import { withScope } from './scope-queries.ts';

const scope = [{ label: 'host', op: '=~' as const, value: 'web.*' }];
const scoped = (text: string): string => {
  const [first] = withScope([{ query: parseMetricQuery(text), legend: '' }], scope);
  return first !== undefined && isMetricQuery(first) ? printMetricQuery(first.query) : '';
};

test('the scope narrows a query, but not the label that it chooses itself', () => {
  assert.equal(scoped('sum (load{zone="a"})'), 'sum(load{zone="a", host=~"web.*"})');
  assert.equal(scoped('load{host="db-1"}'), 'load{host="db-1"}');
  assert.equal(scoped('servers.*.load'), 'servers.*.load');
});

test('other languages are left as they are written', () => {
  const query = { language: 'promql', text: 'up', legend: '' } as const;
  assert.deepEqual(withScope([query], scope), [query]);
});
