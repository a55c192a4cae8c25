import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import { Product } from '../product/product.ts';

let product: Product;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nocmate-log-inputs-'));
  const config = join(folder, 'nocmate.yaml');
  await writeFile(config, 'inputs: { gelf: { listen: "127.0.0.1:0" } }\n');
  product = await Product.start({ env: { NOCMATE_CONFIG: config, NOCMATE_BEATS: '127.0.0.1:0' } });
});
after(async () => {
  await product?.remove();
  await rm(folder, { recursive: true });
});

type Stored = { readonly body: string; readonly source: string; readonly host: string; readonly x: string };

/** Lines with this in them, once there are so many; in the order of their texts. */
async function stored(part: string, count: number): Promise<Stored[]> {
  let rows: Stored[] = [];
  await product.until(async () => {
    rows = await product.sql<Stored>(
      `SELECT body, source, host, attrs['x'] AS x FROM logs WHERE position(body, '${part}') > 0 ORDER BY body`,
    );
    return rows.length >= count;
  });
  return rows;
}

async function post(path: string, body: string | Uint8Array, headers: Record<string, string> = {}) {
  const bytes = typeof body === 'string' ? body : (body as Uint8Array<ArrayBuffer>);
  const authorization = `Bearer ${await product.token('ingest')}`;
  return fetch(product.base + path, { method: 'POST', body: bytes, headers: { authorization, ...headers } });
}

test('Elasticsearch clients shake hands and write', async () => {
  for (const method of ['GET', 'HEAD']) {
    const banner = await fetch(`${product.base}/elasticsearch/`, { method });
    assert.deepEqual([banner.status, banner.headers.get('x-elastic-product')], [200, 'Elasticsearch']);
  }
  assert.equal((await fetch(`${product.base}/elasticsearch/_bulk`, { method: 'POST', body: '' })).status, 401);
  const body =
    '{"create":{"_index":"filebeat"}}\n{"message":"es one","x":"y","host":{"name":"h"}}\n{"index":{}}\n{"bro';
  const headers = {
    authorization: `ApiKey ${Buffer.from(`id:${await product.token('ingest')}`).toString('base64')}`,
    'content-type': 'application/x-ndjson',
    'content-encoding': 'gzip',
  };
  const answer = await post('/elasticsearch/_bulk?filter_path=errors,items.*.status', gzipSync(body), headers);
  assert.equal(answer.headers.get('x-elastic-product'), 'Elasticsearch');
  const { errors, items } = (await answer.json()) as { errors: boolean; items: { create: { status: number } }[] };
  assert.deepEqual([errors, ...items.map(({ create }) => create.status)], [true, 201, 400]);
  assert.deepEqual(await stored('es one', 1), [
    { body: 'es one', source: 'elasticsearch:filebeat', host: 'h', x: 'y' },
  ]);
});

test('every way over HTTP brings its lines', async () => {
  const time = `${Date.now()}000000`;
  const otlp = { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'http otlp' } }] }] }] };
  const loki = { streams: [{ stream: { host: 'h' }, values: [[time, 'http loki', { x: 'y' }]] }] };
  const json = { 'content-type': 'application/json' };
  const splunk = { authorization: `Splunk ${await product.token('ingest')}` };
  const answers = [
    await post('/loki/api/v1/push', JSON.stringify(loki), json),
    await post('/v1/logs', JSON.stringify(otlp), json),
    await post('/gelf', '{"short_message":"http gelf","host":"h","_x":"y"}'),
    await post(
      '/services/collector',
      '{"event":"http hec","host":"h","fields":{"x":"y"}}{"event":"http hec 2"}',
      splunk,
    ),
    await post('/services/collector/raw?host=h', 'http raw\n', splunk),
    await post('/api/ingest/logs?host=h', 'http text\n{"message":"http json","x":"y"}\n', {
      'content-type': 'text/plain',
    }),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [204, 200, 202, 200, 200, 200],
  ); // prettier-ignore
  assert.equal(await (await fetch(`${product.base}/ready`)).text(), 'ready\n');
  assert.deepEqual(
    (await stored('http ', 8)).map(({ body, source, host, x }) => [body, source, host, x]),
    [
      ['http gelf', 'gelf', 'h', 'y'],
      ['http hec', 'splunk', 'h', 'y'],
      ['http hec 2', 'splunk', '127.0.0.1', ''],
      ['http json', 'http', 'h', 'y'],
      ['http loki', 'loki', 'h', 'y'],
      ['http otlp', 'otlp', '127.0.0.1', ''],
      ['http raw', 'splunk', 'h', ''],
      ['http text', 'http', 'h', ''],
    ],
  ); // prettier-ignore
});

function jsonFrame(sequence: number, value: unknown): Buffer {
  const payload = Buffer.from(JSON.stringify(value));
  const head = Buffer.alloc(10);
  head.write('2J');
  head.writeUInt32BE(sequence, 2);
  head.writeUInt32BE(payload.length, 6);
  return Buffer.concat([head, payload]);
}

test('windows of Beats are acknowledged, broken streams end', async () => {
  const { host, port } = await product.listener('lumberjack/tcp');
  const socket = connect(port, host);
  const frames = Array.from({ length: 500 }, (_, i) => jsonFrame(i + 1, { message: `beat ${i}`, host: { name: 'h' } }));
  const packed = deflateSync(Buffer.concat(frames));
  const head = Buffer.from('2W\0\0\x01\xf42C\0\0\0\0', 'latin1');
  head.writeUInt32BE(packed.length, 8);
  socket.write(Buffer.concat([head, packed]));
  const [ack] = (await once(socket, 'data')) as [Buffer];
  assert.equal(ack.toString('latin1'), '2A\0\0\x01\xf4');
  assert.equal((await stored('beat ', 500)).length, 500);
  socket.write('GET / HTTP/1.1\r\n');
  await once(socket, 'close');
});

test('GELF by UDP and TCP', async () => {
  const { host, port } = await product.listener('gelf/udp');
  const udp = createSocket('udp4');
  await new Promise((sent) => {
    udp.send(gzipSync('{"short_message":"gelf udp"}'), port, host, sent);
  });
  udp.close();
  const tcp = connect((await product.listener('gelf/tcp')).port, host);
  tcp.end('{"short_message":"gelf tcp","_x":"y"}\0');
  await once(tcp, 'close');
  assert.deepEqual(
    (await stored('gelf ', 2)).map(({ body, x }) => [body, x]),
    [
      ['gelf tcp', 'y'],
      ['gelf udp', ''],
    ],
  ); // prettier-ignore
});

test('everything received is accounted for', async () => {
  const { accounts } = await product.self();
  const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);
  const received = new Map(accounts.map(({ input, received: count }) => [input, count]));
  for (const { input, received: count, stored: kept, held, rejected, dropped } of accounts) {
    assert.equal(count, kept + held + sum(rejected) + sum(dropped), input);
  }
  const inputs = ['elasticsearch-bulk', 'loki-push', 'otlp-logs', 'lumberjack', 'gelf', 'splunk-hec', 'http-logs'];
  assert.deepEqual(
    inputs.map((input) => received.get(input)),
    [2, 1, 1, 501, 3, 3, 2],
  ); // prettier-ignore
});
