import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pino from 'pino';
import { createHttpServer, type HttpServer } from '#api/http/index.ts';
import type { LogExplainAnswer, LogSearchAnswer } from '#core/api/logs.ts';
import type { TableHeader, TextRangeHeader } from '#core/api/text-query.ts';
import { decodeFrame } from '#core/frame.ts';
import { createLogSearch } from '#query/logs/index.ts';
import { insertLogs, logRecord } from '#query/logs/testing/log-store.ts';
import { openStore } from '#query/metrics/testing/open-store.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { logRoutes } from './index.ts';

const NOW = Math.floor(Date.now() / 3_600_000) * 3_600_000;
const RANGE = { from: NOW - 3_600_000, to: NOW };
let opened: { store: TelemetryStore; close: () => Promise<void> };
let http: HttpServer;
let base: string;

before(async () => {
  opened = await openStore();
  const bodies = ['one', '=2+3', '<script>alert(1)</script>', '\u001b[31mred', 'five, "quoted"\nnext'];
  await insertLogs(
    opened.store,
    bodies.map((body, i) => logRecord({ body, t: RANGE.from + i * 1_000, attributes: ['n', String(i)] })),
  );
  http = createHttpServer({
    routes: logRoutes(createLogSearch({ store: opened.store, clock: { now: () => NOW } })),
    authenticate: () => Promise.resolve({ kind: 'token', id: '1', name: 'test', scope: 'read' }),
    web: undefined,
    upgrade: (_request, socket) => socket.destroy(),
    logger: pino({ level: 'silent' }),
  });
  const { host, port } = await http.listen('127.0.0.1', 0);
  base = `http://${host}:${port}/api/logs`;
});
after(async () => {
  await http.close(1_000);
  await opened.close();
});

const post = (name: string, body: object): Promise<Response> =>
  fetch(`${base}/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...RANGE, ...body }),
  });

test('rows come newest first, each page behind the one before', async () => {
  const first = (await (await post('search', { limit: 3 })).json()) as LogSearchAnswer;
  assert.deepEqual(
    first.rows.map(({ attributes }) => attributes['n']),
    ['4', '3', '2'],
  );
  assert.equal(first.rows[1]?.body, '\u001b[31mred');
  const second = (await (await post('search', { limit: 3, cursor: first.cursor })).json()) as LogSearchAnswer;
  assert.deepEqual(
    second.rows.map(({ attributes }) => attributes['n']),
    ['1', '0'],
  );
  assert.equal(second.cursor, undefined);
  assert.ok(first.stats.rowsRead > 0 && !first.stats.partial);
});

test('files have all rows; spreadsheets run nothing of them', async () => {
  const json = await post('export', { format: 'ndjson', order: 'oldest' });
  assert.equal(json.headers.get('x-total-rows'), '5');
  const lines = (await json.text()).trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => (JSON.parse(line) as { n: string }).n),
    ['0', '1', '2', '3', '4'],
  );
  const csv = await post('export', { format: 'csv', order: 'oldest', fields: ['n', 'message'], query: 'n:(1 OR 4)' });
  assert.equal(await csv.text(), 'n,message\r\n1,\'=2+3\r\n4,"five, ""quoted""\nnext"\r\n');
  assert.equal(csv.headers.get('x-total-rows'), '2');
});

test('pipes come as frames, and are explained', async () => {
  const table = decodeFrame<TableHeader>(await (await post('stats', { query: '* | stats max(n)' })).arrayBuffer());
  assert.deepEqual([table.header.type, table.header.rows], ['table', [[4]]]);
  const chart = decodeFrame<TextRangeHeader>(
    await (await post('stats', { query: '* | timechart span=30m' })).arrayBuffer(),
  );
  assert.deepEqual([chart.header.points, [...(chart.columns[0] ?? [])]], [2, [5, 0]]);
  const explained = (await (await post('explain', { query: 'one | top host' })).json()) as LogExplainAnswer;
  assert.match(explained.sql[0] ?? '', /^SELECT .*hasAllTokens/);
  assert.deepEqual([explained.sql.length, explained.rows], [1, 1]);
});

test('faults say what is wrong and where', async () => {
  const fault = await post('search', { query: 'a AND (b' });
  assert.equal(fault.status, 400);
  const { error } = (await fault.json()) as { error: { code: string; details: { position: number } } };
  assert.deepEqual([error.code, error.details.position], ['bad_query', 8]);
  assert.equal((await post('search', { from: 5, to: 5 })).status, 400);
  assert.equal((await post('search', { cursor: "1' OR 1" })).status, 400);
  assert.equal((await post('search', { from: 'x' })).status, 400);
});
