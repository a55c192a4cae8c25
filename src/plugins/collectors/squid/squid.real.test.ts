import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { collectorBench } from '#test/peers/collector-bench.ts';
import type { Peer } from '#test/peers/peer.ts';
import { noSquid, startSquid } from '#test/peers/squid.ts';
import squid from './index.ts';

const SKIP = { skip: noSquid };
const BODY_BYTES = 20_000;

/** A web server whose answers may be kept; its port. */
async function startWeb(t: TestContext): Promise<number> {
  const server = createServer((_, response) => {
    response.setHeader('cache-control', 'public, max-age=600').end('x'.repeat(BODY_BYTES));
  });
  t.after(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

async function fetchThrough({ port }: Peer, url: string): Promise<void> {
  const [message] = (await once(get({ host: '127.0.0.1', port, path: url }), 'response')) as [IncomingMessage];
  assert.equal(message.statusCode, 200);
  assert.equal((await text(message)).length, BODY_BYTES);
}

test('a real proxy: requests, hits and traffic agree with a known load', SKIP, async (t) => {
  const web = await startWeb(t);
  const peer = await startSquid();
  t.after(() => peer.remove());
  const bench = collectorBench(squid, { url: `http://${peer.address}` });
  t.after(() => bench.close());
  const before = await bench.collect();
  for (let i = 0; i < 9; i++) await fetchThrough(peer, `http://127.0.0.1:${web}/${i % 3}`);
  const after = await bench.collect();
  const grown = (metric: string, labels = {}): number =>
    (bench.valueOf(after, metric, labels) ?? Number.NaN) - (bench.valueOf(before, metric, labels) ?? 0);
  assert.equal(grown('squid_client_requests_total'), 9 + 2, 'and two questions');
  assert.equal(grown('squid_client_hits_total'), 6);
  assert.equal(grown('squid_server_requests_total', { protocol: 'http' }), 3);
  const hits = grown('squid_client_hit_bytes_total');
  assert.ok(hits >= 6 * BODY_BYTES && hits < 7 * BODY_BYTES, String(hits));
  assert.equal(bench.valueOf(after, 'squid_clients'), 1);
  assert.ok(grown('squid_objects', { place: 'memory' }) >= 3);
  assert.ok(Math.abs((after.startedAt ?? 0) - Date.now()) < 300_000);
});

test('a password of the cache manager is sent; without it the answer is a typed error', SKIP, async (t) => {
  const peer = await startSquid('cachemgr_passwd horse all');
  t.after(() => peer.remove());
  const collectWith = async (options: object, secret = 'horse'): Promise<number> => {
    const bench = collectorBench(squid, { url: `http://${peer.address}`, ...options }, { 'env:P': secret });
    t.after(() => bench.close());
    return (await bench.collect()).values.length;
  };
  const login = { username: 'ops', password: 'env:P' };
  assert.ok((await collectWith(login)) > 30);
  await assert.rejects(collectWith({}), { kind: 'auth' });
  await assert.rejects(collectWith(login, 'mule'), { kind: 'auth' });
});
