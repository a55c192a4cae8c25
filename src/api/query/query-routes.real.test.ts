import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pino from 'pino';
import { createHttpServer, type HttpServer } from '#api/http/index.ts';
import { sqlRoutes } from '#api/sql/index.ts';
import type { RangeHeader } from '#core/api/query.ts';
import type { FunctionHelp } from '#core/api/text-query.ts';
import { decodeFrame } from '#core/frame.ts';
import { systemClock } from '#io/clock.ts';
import { createLogSearch } from '#query/logs/index.ts';
import { createGraphiteSource, createMetrics } from '#query/metrics/index.ts';
import { type Filled, fillStore, NOW } from '#query/metrics/testing/filled-store.ts';
import { createPromEngine } from '#query/promql/engine.ts';
import { createSqlRunner } from '#query/sql/index.ts';
import { createTextQueries } from '#query/text/index.ts';
import { queryRoutes } from './index.ts';

let filled: Filled;
let http: HttpServer;
let base: string;

before(async () => {
  filled = await fillStore();
  const clock = { ...systemClock, now: () => NOW };
  const metrics = createMetrics({ store: filled.store, clock });
  const sql = createSqlRunner(filled.store);
  const texts = createTextQueries({
    metrics,
    promql: createPromEngine(metrics.prom),
    graphite: createGraphiteSource(metrics),
    sql,
    logs: createLogSearch({ store: filled.store, clock }),
    clock,
  });
  http = createHttpServer({
    routes: [...queryRoutes(metrics, texts), ...sqlRoutes(sql)],
    authenticate: () => Promise.resolve({ kind: 'token', id: '1', name: 'test', scope: 'read' }),
    web: undefined,
    upgrade: (_request, socket) => socket.destroy(),
    logger: pino({ level: 'silent' }),
  });
  const { host, port } = await http.listen('127.0.0.1', 0);
  base = `http://${host}:${port}/api`;
});
after(async () => {
  await http.close(1000);
  await filled.close();
});

const get = async (path: string): Promise<unknown> => (await fetch(`${base}/query/${path}`)).json();

test('a range comes as a frame', async () => {
  const query = { matchers: [{ label: '__name__', op: '=', value: 'temp' }], fn: 'raw' };
  const answer = await fetch(`${base}/query/range`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, from: NOW - 60_000, to: NOW }),
  });
  assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
  const { header, columns } = decodeFrame<RangeHeader>(await answer.arrayBuffer());
  assert.equal(header.series.length, 3);
  assert.deepEqual([columns.length, columns[0]?.length], [3, header.points]);
});

test('discovery is answered as lists', async () => {
  assert.deepEqual(await get('label-names'), ['__name__', 'host', 'rack']);
  assert.deepEqual(await get('label-values?label=host&match=temp%7Brack!%3D%22%22%7D'), ['b']);
  assert.deepEqual(await get('label-values?label=host&prefix=a'), ['a']);
  assert.deepEqual(await get('series?match=bytes_total'), [
    { sid: '4', labels: { __name__: 'bytes_total', host: 'a' } },
  ]);
  assert.deepEqual(await get('paths?parent=servers.web-1'), [
    { node: 'cpu', path: 'servers.web-1.cpu', leaf: false, branch: true },
    { node: 'disk', path: 'servers.web-1.disk', leaf: false, branch: true },
  ]);
  assert.deepEqual(await get('paths?prefix=s'), [{ node: 'servers', path: 'servers', leaf: false, branch: true }]);
  assert.deepEqual(
    ((await get('metrics')) as { name: string }[]).map(({ name }) => name),
    ['bytes_total', 'lone', 'temp'],
  );
});

test('a wrong question has its position', async () => {
  const answer = await fetch(`${base}/query/series?match=up%7B`);
  assert.equal(answer.status, 400);
  const { error } = (await answer.json()) as { error: { code: string; details: { position: number } } };
  assert.deepEqual([error.code, error.details.position], ['bad_query', 3]);
  assert.equal((await fetch(`${base}/query/label-values`)).status, 400);
});

test('SQL is answered as JSON and CSV', async () => {
  const ask = (text: string, format: string) =>
    fetch(`${base}/sql?format=${format}`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: text });
  const json = await (await ask('select id, v from samples where id = 2 order by t limit 1', 'json')).json();
  const { statistics, ...rest } = json as { statistics: { elapsedMs: number } };
  assert.ok(statistics.elapsedMs >= 0);
  assert.deepEqual(rest, {
    meta: [
      { name: 'id', type: 'UInt64' },
      { name: 'v', type: 'Float64' },
    ],
    data: [{ id: '2', v: 0 }],
    rows: 1,
    truncated: false,
  });
  const csv = await ask('select id, v from samples where id = 2 order by t limit 2', 'csv');
  assert.match(csv.headers.get('content-type') ?? '', /text\/csv/);
  assert.equal(await csv.text(), 'id,v\r\n2,0\r\n2,1\r\n');
  const refused = await ask('select * from system.tables', 'json');
  assert.equal(refused.status, 400);
});

test('texts are answered, checked and helped with', async () => {
  const post = async (path: string, body: object): Promise<Response> =>
    fetch(`${base}/query/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const range = { from: NOW - 60_000, to: NOW };
  const answer = await post('text', { language: 'promql', text: 'sum(temp)', ...range });
  const { header } = decodeFrame<RangeHeader>(await answer.arrayBuffer());
  assert.deepEqual([header.type, header.series.length], ['range', 1]);
  const wrong = await post('text', { language: 'promql', text: 'sum(temp', ...range });
  const { error } = (await wrong.json()) as { error: { code: string; details: { position: number } } };
  assert.deepEqual([wrong.status, error.code, error.details.position], [400, 'bad_query', 8]);
  const check = await (await post('check', { language: 'graphite', text: 'sumSeries(a.b' })).json();
  assert.match((check as { problem: { message: string } }).problem.message, /\S/);
  assert.deepEqual(await (await post('check', { language: 'promql', text: 'rate(x[$__interval])' })).json(), {});
  const values = await post('values', { language: 'promql', text: 'label_values(temp, host)', ...range });
  assert.deepEqual(await values.json(), ['a', 'b']);
  const functions = (await get('functions?language=promql')) as FunctionHelp[];
  assert.equal(functions.find(({ name }) => name === 'rate')?.signature, 'rate(range-vector)');
});
