import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import { systemClock } from '#io/clock.ts';
import type { Interval } from '#query/promql/source.ts';
import { createMetrics, type Metrics, type SeriesEraser } from './index.ts';
import { type Filled, fillStore, NOW } from './testing/filled-store.ts';

const HOUR = 3_600_000;
const ALL_TIMES = { from: -8.64e15, to: 8.64e15 };
const { signal } = new AbortController();
let filled: Filled;
let metrics: Metrics;
let eraser: SeriesEraser;
/** What the intake was asked, in order. */
const asked: string[] = [];

before(async () => {
  filled = await fillStore();
  metrics = createMetrics({ store: filled.store, clock: { ...systemClock, now: () => NOW } });
  eraser = metrics.eraser({
    intake: {
      settled: async () => void asked.push('settled'),
      forget: async (ids) => void asked.push(`forget ${ids === 'all' ? ids : ids.join()}`),
    },
    rollups: filled.rollups,
  });
});
after(() => filled.close());

const erase = (text: string, interval: Interval = ALL_TIMES): Promise<void> =>
  eraser.erase([parseMetricQuery(text).matchers], interval, { signal });

async function number(sql: string): Promise<number> {
  const rows = await filled.store.rows<{ n: string }>(`SELECT toString(${sql}) AS n`);
  return Number(rows[0]?.n);
}
const count = (table: string, where: string): Promise<number> =>
  number(`(SELECT count() FROM nocmate.${table} WHERE ${where})`);

test('a span of a series goes from samples and rollups; what its hours have left is rolled up anew', async () => {
  const [from, to] = [NOW - 3 * HOUR + 60_000, NOW - 2 * HOUR - 1];
  const rows = await count('samples', 'id = 4');
  await erase('bytes_total', { from, to });
  assert.equal(await count('samples', 'id = 4'), rows - 354);
  const hours = `id = 4 AND t >= toDateTime(${(NOW - 3 * HOUR) / 1000}) AND t < toDateTime(${(NOW - HOUR) / 1000})`;
  assert.equal(await number(`(SELECT sum(vcnt) FROM nocmate.samples_1h WHERE ${hours})`), 6 + 360);
  assert.equal(await number(`(SELECT sum(vcnt) FROM nocmate.samples_5m WHERE ${hours})`), 6 + 360);
  assert.equal(await count('series', 'id = 4'), 2);
  assert.deepEqual(asked.splice(0), ['settled', 'forget 4']);
});

test('of the selected series those are left that are not meant', async () => {
  const rows = await count('samples', 'id = 1');
  assert.ok(rows > 0);
  const only = (labels: Readonly<Record<string, string>>): boolean => labels['host'] === 'nobody';
  await eraser.erase([parseMetricQuery('temp').matchers], ALL_TIMES, { signal, only });
  assert.equal(await count('samples', 'id = 1'), rows);
  asked.length = 0;
});

test('a series that is deleted whole leaves the catalogue, with what only it had', async () => {
  await erase('temp{rack="rack-1"}');
  assert.equal(await count('samples', 'id = 3'), 0);
  assert.equal(await count('samples_5m', 'id = 3'), 0);
  assert.equal(await count('series', 'id = 3'), 0);
  const labels = { range: { from: NOW - HOUR, to: NOW }, limit: 100 };
  assert.deepEqual(await metrics.catalogue.labelNames([], labels), ['__name__', 'host']);
  assert.deepEqual(await metrics.catalogue.labelValues('host', [], labels), ['a', 'b']);
  assert.ok((await count('samples', 'id = 2')) > 0);
});

test('the tree of paths loses what has no series any more, and only that', async () => {
  await erase('{__name__="servers.web-1.disk.sda.used"}');
  assert.deepEqual(await metrics.catalogue.findPaths('servers.web-1.*', { limit: 10 }), [
    { path: 'servers.web-1.cpu', leaf: false },
  ]);
  await erase('{__name__=~"servers.*"}');
  assert.deepEqual(await metrics.catalogue.findPaths('*', { limit: 10 }), [{ path: 'lone', leaf: true }]);
});

test('a span that holds all of a series takes it out of the catalogue too', async () => {
  await erase('lone', { from: NOW - 24 * HOUR, to: NOW + HOUR });
  assert.equal(await count('series', 'id = 5'), 0);
  assert.equal(await count('samples_1h', 'id = 5'), 0);
});

test('nothing selected changes nothing; everything selected leaves an empty store', async () => {
  asked.length = 0;
  await erase('nothing');
  assert.deepEqual(asked.splice(0), ['settled']);
  await erase('{__name__=~".+"}');
  assert.deepEqual(asked.splice(0), ['settled', 'forget all']);
  for (const table of ['samples', 'samples_5m', 'samples_1h', 'series', 'label_values', 'paths', 'path_nodes'])
    assert.equal(await count(table, '1'), 0, table);
});
