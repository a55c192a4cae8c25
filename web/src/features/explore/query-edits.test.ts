import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import { printMetricQuery } from '#core/metric-query/print.ts';
import {
  filtersOf,
  forMetric,
  forPath,
  metricOf,
  toggleBy,
  toggleFilter,
  withAggregation,
  withoutFilter,
} from './query-edits.ts';

const query = parseMetricQuery('sum by (mode) (rate(cpu_total{host="a", cpu="0"}))');

test('another metric keeps where to look and forgets the rest', () => {
  assert.equal(printMetricQuery(forMetric(query, 'memory_bytes', false)), 'memory_bytes{host="a"}');
  assert.equal(printMetricQuery(forMetric(undefined, 'requests_total', true)), 'rate(requests_total)');
  assert.equal(printMetricQuery(forPath('servers.*.load')), 'servers.*.load');
});

test('a filter toggles, and replaces another value of its label', () => {
  assert.equal(
    printMetricQuery(toggleFilter(query, 'host', 'b')),
    'sum by (mode) (rate(cpu_total{cpu="0", host="b"}))',
  );
  assert.equal(printMetricQuery(toggleFilter(query, 'cpu', '0')), 'sum by (mode) (rate(cpu_total{host="a"}))');
  const [first] = filtersOf(query);
  assert.equal(filtersOf(withoutFilter(query, first!)).length, 1);
});

test('grouping toggles and an aggregation can be taken away', () => {
  assert.deepEqual(toggleBy(query, 'host').aggregate, { op: 'sum', by: ['mode', 'host'] });
  assert.deepEqual(toggleBy(query, 'mode').aggregate, { op: 'sum', by: [] });
  assert.equal(printMetricQuery(withAggregation(query, undefined)), 'rate(cpu_total{host="a", cpu="0"})');
  assert.equal(metricOf(query), 'cpu_total');
});
