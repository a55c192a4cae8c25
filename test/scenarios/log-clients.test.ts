import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '@elastic/elasticsearch';
import LumberjackClient from 'lumberjack-client';
import { Product } from '#test/product/product.ts';

const LINES = 500;

let product: Product;
before(async () => {
  product = await Product.start({ env: { NOCMATE_BEATS: '127.0.0.1:0' } });
});
after(() => product?.remove());

const bodies = (kind: string): string[] =>
  Array.from({ length: LINES }, (_, i) => `${kind} ${String(i).padStart(3, '0')} grüße <b>`);

/** The lines of a service, once there are so many. */
async function linesOf(service: string): Promise<string[]> {
  let rows: { body: string; host: string }[] = [];
  await product.until(async () => {
    rows = await product.sql(`SELECT body, host FROM logs WHERE service = '${service}' ORDER BY body`);
    return rows.length >= LINES;
  });
  assert.ok(
    rows.every(({ host }) => host === 'web-1'),
    service,
  );
  return rows.map(({ body }) => body);
}

const document = (service: string, message: string) => ({
  ...{ '@timestamp': new Date().toISOString(), message },
  ...{ host: { name: 'web-1' }, service: { name: service } },
});

test("Elasticsearch's own client knows the product, sends in bulk, and finds what it sent", async (t) => {
  const client = new Client({
    node: `${product.base}/elasticsearch`,
    auth: { bearer: await product.token('admin') },
    maxRetries: 0,
  });
  t.after(() => client.close());
  assert.match((await client.info()).version.number, /^\d+\.\d+\.\d+$/);
  const sent = await client.helpers.bulk({
    datasource: bodies('bulk').map((body) => document('es-client', body)),
    flushBytes: 20_000,
    onDocument: () => ({ create: { _index: 'web' } }),
  });
  assert.deepEqual([sent.total, sent.successful, sent.failed], [LINES, LINES, 0]);
  assert.deepEqual(await linesOf('es-client'), bodies('bulk'));
  const query = { query_string: { query: 'service.name:es-client AND 007' } };
  const range = { range: { '@timestamp': { gte: Date.now() - 3_600_000, lte: Date.now(), format: 'epoch_millis' } } };
  const found = await client.search<{ message: string }>({
    ...{ index: 'web', size: 10 },
    query: { bool: { filter: [range, query] } },
  });
  assert.deepEqual(
    found.hits.hits.map(({ _source: source }) => source?.message),
    [bodies('bulk')[7]],
  );
  const { fields } = await client.fieldCaps({ index: 'web', fields: '*' });
  assert.ok('service.name' in fields || 'message' in fields);
});

test('a Lumberjack client from npm: every line once', async (t) => {
  const { host, port } = await product.listener('lumberjack/tcp');
  const client = new LumberjackClient({ host, port });
  t.after(() => {
    // It has no end of its own: with each close it connects anew, unless it thinks that it does already.
    client.connecting = true;
    client.socket?.destroy();
  });
  for (const body of bodies('beat')) client.log(document('lj-client', body));
  assert.deepEqual(await linesOf('lj-client'), bodies('beat'));
});
