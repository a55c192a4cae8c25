import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CollectorPlugin, KeyFigureChoice } from '#core/plugin/collector.ts';
import { counter, gauge, type MetricTable } from '#core/plugin/metric.ts';
import { keyFigureOf } from './key-figure.ts';

const ofMetrics = (metrics: MetricTable, keyFigure?: KeyFigureChoice) =>
  keyFigureOf({ metrics, ...(keyFigure === undefined ? {} : { keyFigure }) } as CollectorPlugin);

const METRICS = {
  x_info: gauge('', 'Always 1.', ['version']),
  x_uptime_seconds_total: counter('seconds', 'Time since the start.'),
  x_connections_limit: gauge('', 'Most connections.'),
  x_state: { ...gauge('', 'What it is.'), states: { label: 'state', values: ['on', 'off'] } },
  x_memory_bytes: gauge('bytes', 'Memory.'),
  x_traffic_bytes_total: counter('bytes', 'Traffic.'),
  x_requests_total: counter('', 'Requests.'),
};

test('the first counter that says what is done, as its rate', () => {
  const figure = { metric: 'x_traffic_bytes_total', isRate: true, unit: 'bytes_per_second', help: 'Traffic.' };
  assert.deepEqual(ofMetrics(METRICS), figure);
});

test('the first gauge where there is no counter', () => {
  const { x_info, x_uptime_seconds_total, x_connections_limit, x_state, x_memory_bytes } = METRICS;
  const few = { x_info, x_uptime_seconds_total, x_connections_limit, x_state, x_memory_bytes };
  assert.deepEqual(ofMetrics(few), { metric: 'x_memory_bytes', isRate: false, unit: 'bytes', help: 'Memory.' });
});

test('the one that the plugin names', () => {
  const where = { kind: 'read' };
  const chosen = ofMetrics(METRICS, { metric: 'x_requests_total', where });
  assert.deepEqual(chosen, { metric: 'x_requests_total', isRate: true, unit: 'per_second', help: 'Requests.', where });
});

test('none where there is nothing to tell', () => {
  assert.equal(ofMetrics({}), undefined);
  assert.equal(ofMetrics({ x_info: METRICS.x_info }), undefined);
});
