import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Language, TextQueryRequest } from '#core/api/text-query.ts';
import type { AppError } from '#core/errors.ts';
import { systemClock } from '#io/clock.ts';
import { createLogSearch } from '#query/logs/index.ts';
import { insertLogs, logRecord } from '#query/logs/testing/log-store.ts';
import { createGraphiteSource, createMetrics } from '#query/metrics/index.ts';
import { type Filled, fillStore, NOW } from '#query/metrics/testing/filled-store.ts';
import { createPromEngine } from '#query/promql/engine.ts';
import { createSqlRunner } from '#query/sql/index.ts';
import { createTextQueries, type TextAnswer, type TextQueries } from './index.ts';

let filled: Filled;
let texts: TextQueries;
const { signal } = new AbortController();

before(async () => {
  filled = await fillStore();
  const clock = { ...systemClock, now: () => NOW };
  const metrics = createMetrics({ store: filled.store, clock });
  texts = createTextQueries({
    metrics,
    promql: createPromEngine(metrics.prom),
    graphite: createGraphiteSource(metrics),
    sql: createSqlRunner(filled.store),
    logs: createLogSearch({ store: filled.store, clock }),
    clock,
  });
  await insertLogs(
    filled.store,
    Array.from({ length: 60 }, (_, i) =>
      logRecord({
        t: NOW - 2 - i * 10_000,
        host: i % 3 === 0 ? 'a' : 'b',
        severity: i % 2 === 0 ? 17 : 9,
        body: `n ${i}`,
      }),
    ),
  );
});
after(() => filled.close());

function ask(language: Language, text: string, range: { from?: number; to?: number } = {}): Promise<TextAnswer> {
  const request = { language, text, from: NOW - 600_000, to: NOW - 1, maxPoints: 100, ...range };
  return texts.range(TextQueryRequest.parse(request), signal);
}

async function series(language: Language, text: string) {
  const { header, columns } = await ask(language, text);
  assert.equal(header.type, 'range');
  if (header.type !== 'range') throw new Error('no range');
  return { header, columns, labels: header.series.map(({ labels }) => labels) };
}

const valuesOf = (column: Float64Array | undefined): number[] => [...(column ?? [])].filter((v) => !Number.isNaN(v));

test('PromQL stands on the grid of the chart, with what it cost', async () => {
  const { header, columns, labels } = await series('promql', 'max by (host) (temp)');
  assert.deepEqual(labels, [{ host: 'a' }, { host: 'b' }]);
  assert.equal(header.step, 10_000);
  assert.equal(header.start % header.step, 0);
  assert.ok(header.start >= NOW - 600_000);
  const t = NOW - 500_000;
  assert.equal(columns[0]?.[(t - header.start) / header.step], filled.temp(t));
  assert.ok(header.stats.samplesRead > 0 && header.stats.seriesMatched === 3);
  assert.equal(typeof header.stats.evaluateMs, 'number');
});

test('a scalar is a line, a range of samples is not', async () => {
  assert.deepEqual(new Set(valuesOf((await series('promql', '1 + 1')).columns[0])), new Set([2]));
  await assert.rejects(ask('promql', 'temp[5m]'), (error: AppError) => {
    assert.deepEqual([error.code, error.details['position']], ['bad_query', 0]);
    return true;
  });
});

test('a mistake behind a macro is placed in the text as written', async () => {
  const text = 'rate(temp[$__rate_interval]) +';
  await assert.rejects(ask('promql', text), (error: AppError) => error.details['position'] === text.length);
});

test('a Graphite target names its series and keeps gaps', async () => {
  const { header, columns, labels } = await series('graphite', 'alias(servers.web-1.cpu.user, "user")');
  assert.deepEqual(labels, [{ __name__: 'user' }]);
  assert.equal(header.step, 60_000);
  assert.ok(valuesOf(columns[0]).every((value) => value >= 600 && value < 660));
  assert.equal(header.stats.seriesMatched, 1);
});

test('Graphite series of different steps come on one grid', async () => {
  const { columns, header } = await series('graphite', 'group(servers.*.cpu.user, constantLine(5))');
  assert.equal(columns.length, 3);
  for (const column of columns) assert.equal(column.length, header.points);
});

test('SQL with a time is a chart, its texts are labels', async () => {
  const text =
    "SELECT toStartOfInterval(t, INTERVAL $__interval SECOND) AS time, concat('s', toString(id)) AS series, avg(v) AS mean " +
    'FROM samples WHERE $__timeFilter(t) AND id IN (1, 2) GROUP BY time, series ORDER BY time';
  const { labels, columns, header } = await series('sql', text);
  assert.deepEqual(new Set(labels.map(({ series: name }) => name)), new Set(['s1', 's2']));
  assert.equal(labels[0]?.['__name__'], 'mean');
  const s1 = labels.findIndex(({ series: name }) => name === 's1');
  const t = NOW - 500_000;
  assert.equal(columns[s1]?.[(t - header.start) / header.step], filled.temp(t));
});

test('SQL without a time is a table', async () => {
  const { header, columns } = await ask('sql', 'SELECT id, count() AS n FROM samples WHERE id = 2 GROUP BY id');
  assert.deepEqual(columns, []);
  assert.equal(header.type, 'table');
  if (header.type !== 'table') return;
  assert.deepEqual(
    header.fields.map(({ name }) => name),
    ['id', 'n'],
  );
  assert.deepEqual(header.rows, [['2', '6']]);
});

test('a metric query has its band and unit as ever', async () => {
  const { header } = await series('metrics', 'temp{host="a"}');
  assert.deepEqual([header.unit, header.series.length], ['celsius', 1]);
});

test('texts are checked without being run', async () => {
  const check = async (language: Language, text: string) => (await texts.check({ language, text }, signal)).problem;
  assert.equal(await check('promql', 'sum(rate(x[$__rate_interval]))'), undefined);
  assert.equal((await check('promql', 'sum(x'))?.position, 5);
  assert.equal(await check('graphite', 'sumSeries(a.*)'), undefined);
  assert.equal(typeof (await check('graphite', 'sumSeries(a.*'))?.message, 'string');
  assert.equal((await check('metrics', 'x{'))?.position, 2);
  assert.equal(await check('sql', 'SELECT 1'), undefined);
  assert.match((await check('sql', 'SELECT (1'))?.message ?? '', /syntax error/);
});

test('variables are offered what a query finds', async () => {
  const values = (language: Language, text: string) =>
    texts.values({ language, text, from: NOW - 3_600_000, to: NOW, limit: 100 }, signal);
  assert.deepEqual(await values('promql', 'label_values(temp{rack!=""}, host)'), ['b']);
  assert.deepEqual(await values('promql', 'label_values(rack)'), ['rack-1']);
  assert.deepEqual(await values('promql', 'metrics(byt)'), ['bytes_total']);
  assert.ok((await values('promql', 'label_names()')).includes('host'));
  assert.match((await values('promql', 'query_result(count(temp))'))[0] ?? '', /^\{\} 3 \d+$/);
  assert.deepEqual(await values('metrics', 'label_values(temp, host)'), ['a', 'b']);
  assert.deepEqual(await values('graphite', 'servers.*'), ['web-1', 'web-2']);
  assert.deepEqual(await values('sql', "SELECT arrayJoin(['x', 'y'])"), ['x', 'y']);
  await assert.rejects(values('promql', 'up'), /label_values/);
});

test('a log query is a chart or a table; one without pipes counts its lines over time', async () => {
  const counted = await series('logs', 'level:error');
  assert.deepEqual(counted.labels, [{ __name__: 'lines' }]);
  assert.equal(
    valuesOf(counted.columns[0]).reduce((sum, v) => sum + v, 0),
    30,
  );
  const split = await series('logs', '| timechart span=$__interval count() by host');
  assert.deepEqual(split.labels, [{ host: 'b' }, { host: 'a' }]);
  const table = await ask('logs', 'level:error | stats count() as n by host');
  assert.deepEqual(table.header.type === 'table' && [table.header.fields, table.header.rows], [
    [
      { name: 'host', type: 'text' },
      { name: 'n', type: 'number' },
    ],
    [
      ['b', 20],
      ['a', 10],
    ],
  ]);
  const few = await texts.range(
    TextQueryRequest.parse({ language: 'logs', text: '| rate by host', from: NOW - 600_000, to: NOW, limit: 1 }),
    signal,
  );
  assert.equal(few.header.truncated, true);
});

test('a log query that cannot be read says where; its first column is what a variable offers', async () => {
  const { problem } = await texts.check({ language: 'logs', text: 'a "b' }, signal);
  assert.equal(problem?.position, 2);
  const wanted = { language: 'logs', from: NOW - 600_000, to: NOW, limit: 10 } as const;
  assert.deepEqual(await texts.values({ ...wanted, text: '| top 5 host' }, signal), ['b', 'a']);
  await assert.rejects(texts.values({ ...wanted, text: '| rate' }, signal), { code: 'bad_query' });
});
