import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { compress } from 'snappyjs';
import { uncompressSnappy } from '#core/bytes/snappy.ts';
import { encodeRequest1 } from '#plugins/inputs/prometheus-remote-write/testing/encode-request.ts';
import { Product } from '#test/product/product.ts';

const MINUTE = 60_000;
const END = Math.floor(Date.now() / MINUTE) * MINUTE;
const START = END - 30 * MINUTE;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let product: Product;

before(async () => {
  product = await Product.start();
});
after(() => product?.remove());

type Answer<Data> = { readonly status: string; readonly data: Data };
type Series = { readonly metric: Record<string, string>; readonly values: readonly (readonly [number, string])[] };

async function get<Data>(path: string): Promise<Data> {
  const answer = await product.json<Answer<Data>>(path);
  assert.equal(answer.status, 'success');
  return answer.data;
}

async function post<Data>(path: string, fields: Record<string, string | number>): Promise<Data> {
  const body = new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const answer = await product.json<Answer<Data>>(path, { method: 'POST', headers: FORM, body });
  assert.equal(answer.status, 'success');
  return answer.data;
}

async function write(): Promise<void> {
  const counter = (instance: string, perMinute: number) => ({
    labels: [
      ['__name__', 'grafana_requests_total'],
      ['instance', instance],
      ['http.route', '/a'],
    ] as const,
    samples: Array.from({ length: 31 }, (_, i) => [START + i * MINUTE, i * perMinute] as const),
    exemplars: [{ labels: [['trace_id', 'abc']] as const, v: 7, t: END }],
  });
  const body = encodeRequest1({
    series: [counter('one', 60), counter('two', 120)],
    metadata: [{ metric: 'grafana_requests_total', type: 'counter', unit: '', help: 'Requests.' }],
  }) as Uint8Array<ArrayBuffer>;
  const headers = { 'content-encoding': 'snappy', 'content-type': 'application/x-protobuf' };
  const response = await product.request('/api/v1/write', { method: 'POST', body, headers });
  assert.equal(response.status, 204, await response.text());
}

test('the requests of Grafana’s data source are answered, right after the write was', async () => {
  await write();
  const edges = { start: START / 1000, end: END / 1000 };
  const found = await post<{ resultType: string; result: Series[] }>('/api/v1/query_range', {
    query: 'sum by (instance) (rate(grafana_requests_total[5m]))',
    step: 60,
    ...edges,
  });
  assert.equal(found.resultType, 'matrix');
  assert.deepEqual(
    found.result.map(({ metric, values }) => [metric['instance'], values.at(-1)]),
    [
      ['one', [END / 1000, '1']],
      ['two', [END / 1000, '2']],
    ],
  );
});

test('health, build and editor: what is asked when the data source is set up', async () => {
  const health = await post<{ resultType: string; result: [number, string] }>('/api/v1/query', {
    query: '1+1',
    time: END / 1000,
  });
  assert.deepEqual(health, { resultType: 'scalar', result: [END / 1000, '2'] });
  const build = await get<{ version: string; application?: string }>('/api/v1/status/buildinfo');
  assert.match(build.version, /^3\.\d+\.\d+$/);
  const metadata = await get<Record<string, unknown>>('/api/v1/metadata?limit=100');
  assert.deepEqual(metadata['grafana_requests_total'], [{ type: 'counter', help: 'Requests.', unit: '' }]);
  assert.deepEqual(await get('/api/v1/rules'), { groups: [] });
  assert.ok((await product.request('/-/healthy', { headers: { authorization: '' } })).ok);
});

test('resources are asked for by POST first: what only answers to GET refuses as Prometheus does', async () => {
  const paths = ['status/buildinfo', 'rules', 'alerts', 'metadata', 'label/instance/values'];
  for (const path of paths) {
    const refused = await product.request(`/api/v1/${path}`, { method: 'POST', headers: FORM, body: 'limit=1' });
    assert.equal(refused.status, 405, path);
    await get(`/api/v1/${path}?limit=1`);
  }
});

test('panels, rules and variables ask with times in fractions of a second, a time-out and a limit', async () => {
  const query = 'grafana_requests_total';
  const range = { query, start: START / 1000 + 0.25, end: END / 1000 + 0.5, step: 15.5, timeout: '30s' };
  const byPost = await post<{ result: Series[] }>('/api/v1/query_range', range);
  const text = Object.entries(range).map(([name, value]): [string, string] => [name, String(value)]);
  const byGet = await get<{ result: Series[] }>(`/api/v1/query_range?${new URLSearchParams(text).toString()}`);
  assert.deepEqual(byGet, byPost);
  assert.equal(byPost.result.length, 2);
  assert.equal(byPost.result[0]?.values[0]?.[0], START / 1000 + 0.25);
  const instant = await get<{ result: unknown[] }>(
    `/api/v1/query?query=${query}&time=${END / 1000 + 0.123}&timeout=30s`,
  );
  assert.equal(instant.result.length, 2);
  const annotation = {
    query: 'changes(grafana_requests_total[3m]) > 0',
    start: START / 1000,
    end: END / 1000,
    step: 60,
  };
  assert.equal((await post<{ result: Series[] }>('/api/v1/query_range', annotation)).result.length, 2);
  const limited = `start=${START / 1000}&end=${END / 1000}&limit=1&match[]=${query}`;
  assert.equal((await get<string[]>(`/api/v1/label/instance/values?${limited}`)).length, 1);
  assert.equal((await get<string[]>(`/api/v1/series?${limited}`)).length, 1);
  const bad = await product.request('/api/v1/query?query=sum(', {});
  assert.equal(bad.status, 400);
  const { status, errorType } = (await bad.json()) as { status: string; errorType: string };
  assert.deepEqual([status, errorType], ['error', 'bad_data']);
});

test('completion: names, values and series of a selector', async () => {
  const range = `start=${START / 1000}&end=${END / 1000}`;
  const match = encodeURIComponent('{__name__="grafana_requests_total"}');
  const names = await get<string[]>(`/api/v1/label/__name__/values?${range}&limit=40000`);
  assert.ok(names.includes('grafana_requests_total'));
  assert.deepEqual(await get(`/api/v1/label/instance/values?${range}&match[]=${match}`), ['one', 'two']);
  assert.deepEqual(await get(`/api/v1/label/U__http_2e_route/values?${range}&match[]=${match}`), ['/a']);
  const selector = { 'match[]': 'grafana_requests_total{instance="one"}', start: START / 1000, end: END / 1000 };
  assert.deepEqual(await post('/api/v1/labels', selector), ['__name__', 'http.route', 'instance']);
  assert.deepEqual(await post('/api/v1/series', selector), [
    { __name__: 'grafana_requests_total', 'http.route': '/a', instance: 'one' },
  ]);
});

test('exemplars of what a panel shows', async () => {
  const found = await post<{ seriesLabels: Record<string, string>; exemplars: unknown[] }[]>(
    '/api/v1/query_exemplars',
    {
      query: 'rate(grafana_requests_total{instance="one"}[5m])',
      start: START / 1000,
      end: END / 1000,
    },
  );
  assert.deepEqual(
    found.map(({ seriesLabels, exemplars }) => [seriesLabels['instance'], exemplars]),
    [['one', [{ labels: { trace_id: 'abc' }, value: '7', timestamp: END / 1000 }]]],
  );
});

test('remote read and federation give the samples themselves', async () => {
  const query = new BinaryWriter().tag(1, WireType.Varint).int64(START).tag(2, WireType.Varint).int64(END);
  query.tag(3, WireType.LengthDelimited).fork().tag(2, WireType.LengthDelimited).string('__name__');
  query.tag(3, WireType.LengthDelimited).string('grafana_requests_total').join();
  const message = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(query.finish()).finish();
  const body = compress(message) as Uint8Array<ArrayBuffer>;
  const read = await product.request('/api/v1/read', { method: 'POST', body });
  assert.equal(read.status, 200);
  const reader = new BinaryReader(uncompressSnappy(new Uint8Array(await read.arrayBuffer()), 2 ** 20));
  reader.tag();
  const result = new BinaryReader(reader.bytes());
  let series = 0;
  for (; result.pos < result.len; series++) {
    result.tag();
    assert.ok(result.bytes().length > 31 * 10);
  }
  assert.equal(series, 2);
  const federated = await product.request('/federate?match[]=grafana_requests_total');
  assert.deepEqual((await federated.text()).split('\n').slice(0, 2), [
    '# TYPE grafana_requests_total counter',
    `grafana_requests_total{"http.route"="/a",instance="one"} 1800 ${END}`,
  ]);
});

test('a deleted series is gone at once, and the same samples can be written again', async () => {
  const ask = async (): Promise<number> => {
    const found = await post<{ result: Series[] }>('/api/v1/query', {
      query: 'last_over_time(grafana_requests_total[1h])',
      time: END / 1000,
    });
    return found.result.length;
  };
  assert.equal(await ask(), 2);
  const selector = encodeURIComponent('grafana_requests_total{instance="two"}');
  const response = await product.request(`/api/v1/admin/tsdb/delete_series?match[]=${selector}`, { method: 'POST' });
  assert.equal(response.status, 204, await response.text());
  assert.equal(await ask(), 1);
  await write();
  assert.equal(await ask(), 2);
});
