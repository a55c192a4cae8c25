import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { after, before, test } from 'node:test';
import type { LogExplainAnswer, LogHistogramAnswer, LogSearchAnswer } from '#core/api/logs.ts';
import { Product } from '../product/product.ts';

let product: Product;

before(async () => {
  product = await Product.start();
});
after(() => product?.remove());

const ask = <Answer>(name: string, body: object): Promise<Answer> =>
  product.json<Answer>(`/api/logs/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from: Date.now() - 3_600_000, to: Date.now() + 60_000, ...body }),
  });

test('a line sent by syslog is found by its words, counted, and found the Elasticsearch way', async () => {
  const { host, port } = await product.listener('syslog/udp');
  const socket = createSocket('udp4');
  const line = (id: string): Promise<void> =>
    new Promise((done, failed) => {
      socket.send(
        `<11>1 ${new Date().toISOString()} web-7 shop 1 - - Order ${id} was <b>Refused</b>`,
        port,
        host,
        (error) => (error === null || error === undefined ? done() : failed(error)),
      );
    });
  for (const id of ['a1', 'b2', 'c3']) await line(id);
  socket.close();
  const query = 'refused service:shop level:>=error';
  let found: LogSearchAnswer | undefined;
  await product.until(async () => {
    found = await ask<LogSearchAnswer>('search', { query });
    return found.rows.length === 3;
  });
  assert.deepEqual(
    found?.rows.map(({ host: name, body }) => [name, /Order (\w+)/.exec(body)?.[1]]),
    ['c3', 'b2', 'a1'].map((id) => ['web-7', id]),
  );
  const counts = await ask<LogHistogramAnswer>('histogram', { query });
  assert.deepEqual([counts.total, counts.series[0]?.value], [3, 'error']);
  const explained = await ask<LogExplainAnswer>('explain', { query: `${query} | top host` });
  assert.equal(explained.rows, 1);
  const elastic = await product.json<{ hits: { hits: { _source: { message: string } }[] } }>(
    '/logs-*/_search?q=order+AND+b2',
  );
  assert.match(elastic.hits.hits[0]?._source.message ?? '', /Order b2/);
});

test('who may only send reads nothing', async () => {
  const headers = { authorization: `Bearer ${await product.token('ingest')}` };
  for (const path of ['/_search', '/logs/_mapping', '/_cat/indices']) {
    assert.equal((await fetch(product.base + path, { headers })).status, 403, path);
    assert.equal((await fetch(product.base + path)).status, 401, path);
  }
});
