import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { encodeProtobuf } from '#plugins/inputs/otlp-metrics/testing/encode-request.ts';
import {
  encodeRequest1,
  encodeRequest2,
  type TestRequest,
} from '#plugins/inputs/prometheus-remote-write/testing/encode-request.ts';
import { Product } from '#test/product/product.ts';

const T = Math.floor(Date.now() / 1000) * 1000;
const V2 = 'application/x-protobuf;proto=io.prometheus.write.v2.Request';
const HISTOGRAM = { schema: 0, count: 3, sum: 5, positive: { spans: [[0, 2]], deltas: [1, 1] } } as const;

let product: Product;

before(async () => {
  product = await Product.start();
});

after(() => product?.remove());

async function write(body: Uint8Array, headers: Record<string, string>, path = '/api/v1/write'): Promise<Response> {
  const token = await product.token('ingest');
  const bytes = body as Uint8Array<ArrayBuffer>;
  return fetch(product.base + path, {
    method: 'POST',
    body: bytes,
    headers: { ...headers, authorization: `Bearer ${token}` },
  });
}

/** Values of a metric in the store, in the order of time. */
async function stored(metric: string): Promise<number[]> {
  const rows = await product.sql<{ v: number }>(
    `SELECT x.v AS v FROM samples AS x JOIN series AS s ON s.family = x.family AND s.id = x.id
     WHERE s.metric = '${metric}' ORDER BY x.t`,
  );
  return rows.map(({ v }) => v);
}

/** The value of the one series that a PromQL query gives at the time of the requests. */
async function queried(query: string): Promise<string | undefined> {
  const path = `/api/v1/query?time=${T / 1000}&query=${encodeURIComponent(query)}`;
  const answer = await product.json<{ data: { result: { value: [number, string] }[] } }>(path);
  return answer.data.result[0]?.value[1];
}

function requestOf(metric: string): TestRequest {
  const labels = [
    ['__name__', metric],
    ['job', 'node'],
  ] as const;
  const exemplars = [{ labels: [['trace_id', 'abc']], v: 1, t: T }] as const;
  return {
    series: [
      {
        labels,
        samples: [
          [T - 2000, 1],
          [T - 1000, 2.5],
        ],
        exemplars,
      },
      { labels: [['__name__', `${metric}_histogram`]], histograms: [{ ...HISTOGRAM, t: T }] },
    ],
  };
}

test('remote write 1.0 and 2.0: 204, and what was sent is in the store', async () => {
  const first = await write(encodeRequest1(requestOf('rw_one')), { 'content-encoding': 'snappy' });
  assert.deepEqual([first.status, await first.text()], [204, '']);
  const second = await write(encodeRequest2(requestOf('rw_two')), { 'content-encoding': 'snappy', 'content-type': V2 });
  assert.equal(second.status, 204);
  const written = ['samples', 'histograms', 'exemplars'].map((kind) =>
    second.headers.get(`x-prometheus-remote-write-${kind}-written`),
  );
  assert.deepEqual(written, ['2', '1', '1']);
  for (const metric of ['rw_one', 'rw_two']) {
    await product.until(async () => (await stored(metric)).length === 2);
    assert.deepEqual(await stored(metric), [1, 2.5]);
    await product.until(async () => (await queried(`histogram_count(${metric}_histogram)`)) === '3');
  }
});

test('remote write: a bad series is named in a 400, the good one beside it is stored', async () => {
  const request: TestRequest = {
    series: [
      { labels: [['__name__', 'rw_good']], samples: [[T, 7]] },
      {
        labels: [
          ['__name__', 'rw_bad'],
          ['a', '1'],
          ['a', '2'],
        ],
        samples: [[T, 8]],
      },
    ],
  };
  const answer = await write(encodeRequest1(request), { 'content-encoding': 'snappy' });
  assert.equal(answer.status, 400);
  assert.match(await answer.text(), /^1 refused, 1 stored:\nseries 2 .*bad_key: rw_bad\{a="1", a="2"\}/);
  await product.until(async () => (await stored('rw_good')).length === 1);
  assert.deepEqual(await stored('rw_bad'), []);
});

test('remote write: no snappy is 400, another message 415', async () => {
  const garbage = await write(Buffer.from('garbage'), { 'content-encoding': 'snappy' });
  assert.equal(garbage.status, 400);
  const other = await write(Buffer.from('{}'), { 'content-type': 'application/json' });
  assert.equal(other.status, 415);
});

test('OTLP: both encodings and paths, partial success in the answer', async () => {
  const attributes = [
    ['service.name', 'shop'],
    ['host.name', 'web-1'],
  ] as const;
  const point = { kind: 'number', attributes: [], hasNoValue: false, exemplars: [], t: T, v: 4 } as const;
  const metric = { description: '', unit: 'By', isMonotonic: true, kind: 'sum', points: [point] } as const;
  const metrics = [
    { ...metric, name: 'otlp.good', temporality: 'cumulative' },
    { ...metric, name: 'otlp.delta', temporality: 'delta' },
  ] as const;
  const headers = { 'content-type': 'application/x-protobuf' };
  const protobuf = await write(encodeProtobuf([{ attributes, metrics }]), headers, '/v1/metrics');
  assert.deepEqual([protobuf.status, protobuf.headers.get('content-type')], [200, 'application/x-protobuf']);
  const reader = new BinaryReader(new Uint8Array(await protobuf.arrayBuffer()));
  assert.equal(reader.tag()[0], 1);
  assert.match(Buffer.from(reader.bytes()).toString(), /otlp\.delta/);
  const json = {
    resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'otlp.json', gauge: { dataPoints: [] } }] }] }],
  };
  const body = Buffer.from(JSON.stringify(json));
  const answer = await write(body, { 'content-type': 'application/json' }, '/api/v1/otlp/v1/metrics');
  assert.deepEqual([answer.status, await answer.text()], [200, '{}']);
  await product.until(async () => (await stored('otlp_good_bytes_total')).length === 1);
  const [series] = await product.sql<{ host: string; service: string; job: string }>(
    `SELECT labels['host'] AS host, labels['service'] AS service, labels['job'] AS job FROM series
     WHERE metric = 'otlp_good_bytes_total'`,
  );
  assert.deepEqual({ ...series }, { host: 'web-1', service: 'shop', job: 'shop' });
});
