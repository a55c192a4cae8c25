import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pino from 'pino';
import { createHttpServer, type HttpServer } from '#api/http/index.ts';
import { createLogSearch } from '#query/logs/index.ts';
import { insertLogs, logRecord } from '#query/logs/testing/log-store.ts';
import { openStore } from '#query/metrics/testing/open-store.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { elasticRoutes } from './index.ts';

const MINUTE = 60_000;
const NOW = Math.floor(Date.now() / 3_600_000) * 3_600_000;
const FROM = NOW - 60 * MINUTE;
const COUNT = 120;
let opened: { store: TelemetryStore; close: () => Promise<void> };
let http: HttpServer;
let base: string;

before(async () => {
  opened = await openStore();
  const records = Array.from({ length: COUNT }, (_, i) =>
    logRecord({
      t: FROM + i * 30_000,
      host: `web-${i % 2}`,
      severity: i % 10 === 0 ? 17 : 9,
      body: i === 5 ? 'Connection refused by peer' : `request ${i} done`,
      attributes: ['status', i % 4 === 0 ? '500' : '200', 'took', String(i), ...(i < 10 ? ['user', 'bob'] : [])],
    }),
  );
  await insertLogs(opened.store, records);
  const clock = { now: () => NOW };
  http = createHttpServer({
    routes: elasticRoutes({ logs: createLogSearch({ store: opened.store, clock }), clock }),
    authenticate: () => Promise.resolve({ kind: 'token', id: '1', name: 'test', scope: 'read' }),
    web: undefined,
    upgrade: (_request, socket) => socket.destroy(),
    logger: pino({ level: 'silent' }),
  });
  const { host, port } = await http.listen('127.0.0.1', 0);
  base = `http://${host}:${port}`;
});
after(async () => {
  await http.close(1_000);
  await opened.close();
});

type Hit = { _id: string; _source: Record<string, string>; sort: unknown[]; fields?: Record<string, unknown> };
type Answer = {
  status: number;
  error?: { type: string; reason: string; root_cause: unknown[] };
  hits: { total?: { value: number; relation: string }; hits: Hit[] };
  aggregations: Record<string, never>;
  responses: Answer[];
  count: number;
};

type Listed = { readonly key: string; readonly x: object; readonly doc_count: number };
const listOf = (value: unknown): readonly Listed[] => value as readonly Listed[];

async function ask(path: string, body?: unknown): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const init =
    body === undefined ? {} : { method: 'POST', body: text, headers: { 'content-type': 'application/json' } };
  return (await (await fetch(base + path, init)).json()) as Answer;
}

const countOf = async (query: object): Promise<number> => (await ask('/_count', { query })).count;
const time = { range: { '@timestamp': { gte: FROM, lte: NOW, format: 'epoch_millis' } } };

const QUERIES: readonly (readonly [query: object, count: number])[] = [
  [{ match_all: {} }, 120],
  [{ match_none: {} }, 0],
  [{ term: { host: 'web-1' } }, 60],
  [{ term: { 'host.keyword': { value: 'web-1' } } }, 60],
  [{ terms: { status: [500, '404'] } }, 30],
  [{ match: { message: 'CONNECTION nothing' } }, 1],
  [{ match: { message: { query: 'connection nothing', operator: 'and' } } }, 0],
  [{ match_phrase: { message: 'connection refused' } }, 1],
  [{ multi_match: { query: 'refused', fields: ['message^2', 'host'] } }, 1],
  [{ range: { took: { gte: 100, lt: 110 } } }, 10],
  [{ range: { '@timestamp': { gte: 'now-10m', lt: 'now' } } }, 20],
  [{ exists: { field: 'user' } }, 10],
  [{ wildcard: { host: { value: 'web-?' } } }, 120],
  [{ prefix: { status: '5' } }, 30],
  [{ regexp: { status: '[45]00' } }, 30],
  [{ query_string: { query: 'status:500 AND NOT host:web-1', analyze_wildcard: true } }, 30],
  [{ query_string: { query: '*' } }, 120],
  [{ bool: { filter: [time], must_not: { term: { status: '200' } } } }, 30],
  [{ bool: { should: [{ term: { took: 1 } }, { term: { took: 2 } }] } }, 2],
  [{ bool: { filter: { term: { host: 'web-1' } }, should: [{ term: { took: 2 } }] } }, 60],
  [{ bool: { filter: { term: { host: 'web-0' } }, should: [{ term: { took: 2 } }], minimum_should_match: 1 } }, 1],
  [{ constant_score: { filter: { term: { level: 'error' } } } }, 12],
];

test('queries of the DSL find what they name', async () => {
  for (const [query, count] of QUERIES) assert.equal(await countOf(query), count, JSON.stringify(query));
});

test('hits come by time, page by search_after, and are found by id', async () => {
  const sort = [{ '@timestamp': { order: 'desc', unmapped_type: 'boolean' } }, { _doc: { order: 'desc' } }];
  const first = await ask('/logs-*/_search', { size: 3, sort, query: time });
  assert.deepEqual(first.hits.total, { value: 120, relation: 'eq' });
  assert.deepEqual(
    first.hits.hits.map(({ _source }) => _source['took']),
    ['119', '118', '117'],
  );
  const after = await ask('/_search', { size: 2, sort, search_after: first.hits.hits[2]?.sort });
  assert.deepEqual(
    after.hits.hits.map(({ _source }) => _source['took']),
    ['116', '115'],
  );
  const skipped = await ask('/_search?size=1&q=refused', { track_total_hits: false, fields: [{ field: 'host' }] });
  assert.equal(skipped.hits.hits[0]?._source['message'], 'Connection refused by peer');
  assert.deepEqual([skipped.hits.total, skipped.hits.hits[0]?.fields], [undefined, { host: ['web-1'] }]);
  const byId = await ask('/_search', { query: { ids: { values: [after.hits.hits[0]?._id] } } });
  assert.deepEqual(
    byId.hits.hits.map(({ _source }) => _source['took']),
    ['116'],
  );
});

test('what the Grafana data source sends is answered: terms over time with numbers, nested', async () => {
  const search = {
    size: 0,
    query: { bool: { filter: [time, { query_string: { analyze_wildcard: true, query: '*' } }] } },
    aggs: {
      '4': {
        terms: { field: 'host', size: 10, order: { _key: 'desc' }, min_doc_count: 0 },
        aggs: {
          '2': {
            date_histogram: {
              ...{ field: '@timestamp', fixed_interval: '30m', min_doc_count: 0, format: 'epoch_millis' },
              extended_bounds: { min: FROM, max: NOW - 1 },
            },
            aggs: { '1': { max: { field: 'took' } }, '3': { percentiles: { field: 'took', percents: [50] } } },
          },
        },
      },
    },
  };
  const header = '{"search_type":"query_then_fetch","ignore_unavailable":true,"index":"logs-*"}';
  const { responses } = await ask(
    '/_msearch?max_concurrent_shard_requests=5',
    `${header}\n${JSON.stringify(search)}\n`,
  );
  const [{ status, aggregations } = assert.fail()] = responses;
  assert.equal(status, 200);
  const { buckets } = aggregations['4'] as unknown as { buckets: { key: string; doc_count: number; '2': never }[] };
  assert.deepEqual(
    buckets.map(({ key, doc_count: count }) => [key, count]),
    [
      ['web-1', 60],
      ['web-0', 60],
    ],
  );
  const { buckets: inner } = (buckets[0] ?? assert.fail())['2'] as unknown as { buckets: Record<string, unknown>[] };
  assert.deepEqual(
    inner.map((bucket) => [bucket['key'], bucket['key_as_string'], bucket['doc_count'], bucket['1']]),
    [
      [FROM, String(FROM), 30, { value: 59 }],
      [FROM + 30 * MINUTE, String(FROM + 30 * MINUTE), 30, { value: 119 }],
    ],
  );
  const { values = {} } = (inner[0]?.['3'] ?? {}) as { values?: Record<string, number> };
  assert.ok(Math.abs((values['50.0'] ?? 0) - 30) <= 1, JSON.stringify(values));
});

test('filters, numbers and empty buckets', async () => {
  const { aggregations } = await ask('/_search', {
    size: 0,
    query: { term: { level: 'error' } },
    aggs: {
      f: {
        filters: { filters: { bad: { term: { status: 500 } }, none: { match_none: {} } } },
        aggs: { a: { avg: { field: 'took' } } },
      },
      s: { stats: { field: 'took' } },
      c: { cardinality: { field: 'host' } },
      n: { value_count: { field: 'user' } },
      t: { terms: { field: 'status', order: { x: 'desc' }, size: 1 }, aggs: { x: { sum: { field: 'took' } } } },
      h: { date_histogram: { field: '@timestamp', calendar_interval: 'minute' } },
    },
  });
  const found = aggregations as unknown as Record<string, { buckets: unknown; value: number }>;
  assert.deepEqual(found['f'], {
    buckets: { bad: { doc_count: 6, a: { value: 50 } }, none: { doc_count: 0, a: { value: null } } },
  });
  assert.deepEqual(found['s'], { count: 12, min: 0, max: 110, avg: 55, sum: 660 });
  assert.deepEqual([found['c']?.value, found['n']?.value], [1, 1]);
  assert.deepEqual(
    listOf(found['t']?.buckets).map(({ key, x }) => [key, x]),
    [['200', { value: 360 }]],
  );
  const counts = listOf(found['h']?.buckets).map(({ doc_count: count }) => count);
  assert.deepEqual([counts.length, counts.filter((count) => count === 1).length], [56, 12]);
});

test('fields are told with their types', async () => {
  const caps = (await ask('/logs-*/_field_caps?fields=*')) as unknown as {
    fields: Record<string, Record<string, unknown>>;
  };
  assert.deepEqual(
    ['@timestamp', 'message', 'host', 'took'].map((name) => Object.keys(caps.fields[name] ?? {})),
    [['date'], ['text'], ['keyword'], ['double']],
  );
  const mappings = (await ask('/logs/_mapping')) as unknown as {
    logs: { mappings: { properties: Record<string, unknown> } };
  };
  assert.deepEqual(mappings.logs.mappings.properties['took'], { type: 'double' });
  assert.match(await (await fetch(`${base}/_cat/indices`)).text(), /^green open logs .* 120\n$/);
});

test('faults have the shape of Elasticsearch; one of many searches fails alone', async () => {
  const wrong = await ask('/_search', { query: { span_near: {} } });
  assert.deepEqual([wrong.status, wrong.error?.type, wrong.error?.root_cause.length], [400, 'parsing_exception', 1]);
  assert.match((await ask('/_search', '{')).error?.reason ?? '', /not valid JSON/);
  assert.match((await ask('/_search', { sort: ['host'] })).error?.reason ?? '', /sorted by @timestamp/);
  assert.match(
    (await ask('/_search', { aggs: { a: { geo: {} } } })).error?.reason ?? '',
    /unknown aggregation type \[geo\]/,
  );
  assert.match((await ask('/_search', { query: { query_string: { query: '(a' } } })).error?.reason ?? '', /missing/);
  const many = await ask('/_msearch', '{}\n{"query":{"oops":{}}}\n{}\n{"size":1}\n');
  assert.deepEqual([many.responses[0]?.status, many.responses[1]?.hits.hits.length], [400, 1]);
});
