import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { noHaproxy, STATS_PATH, startHaproxy } from '#test/peers/haproxy.ts';
import haproxy from './index.ts';

const SKIP = { skip: noHaproxy };

/** A web server behind it; its port. */
async function startWeb(t: TestContext): Promise<number> {
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/missing' ? 404 : 200;
    response.end('ok');
  });
  t.after(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

test('values agree with a known load, and servers have their states', SKIP, async (t) => {
  const port = await startWeb(t);
  const down = 'server b 127.0.0.1:1 check inter 50ms fall 1';
  const peer = await startHaproxy([`server a 127.0.0.1:${port}`, down, `server c 127.0.0.1:${port} disabled`]);
  t.after(() => peer.remove());
  const bench = collectorBench(haproxy, { url: `http://${peer.address}${STATS_PATH}` });
  t.after(() => bench.close());
  const stateOf = async (server: string): Promise<string | undefined> =>
    (await bench.collect()).states?.find(({ labels }) => labels?.['server'] === server)?.state;
  while ((await stateOf('b')) !== 'down');
  assert.equal(await stateOf('a'), 'no_check');
  assert.equal(await stateOf('c'), 'maint');
  for (let i = 0; i < 7; i++) await fetch(`http://${peer.address}/`);
  await fetch(`http://${peer.address}/missing`);
  const collection = await bench.collect();
  const a = { proxy: 'app', server: 'a' };
  assert.equal(bench.valueOf(collection, 'haproxy_selected_total', a), 8);
  assert.equal(bench.valueOf(collection, 'haproxy_responses_total', { ...a, code: '2xx' }), 7);
  assert.equal(bench.valueOf(collection, 'haproxy_responses_total', { ...a, code: '4xx' }), 1);
  assert.equal(bench.valueOf(collection, 'haproxy_downs_total', { server: 'b' }), 1);
  assert.equal(bench.valueOf(collection, 'haproxy_servers_active', { proxy: 'app', type: 'backend' }), 1);
  assert.equal(bench.valueOf(collection, 'haproxy_sessions_limit', { proxy: 'web', type: 'frontend' }), 200);
});

test('a login is sent; without it, and for another page, the answer is a typed error', SKIP, async (t) => {
  const port = await startWeb(t);
  const peer = await startHaproxy([`server a 127.0.0.1:${port}`], 'stats auth ops:horse');
  t.after(() => peer.remove());
  const collectFrom = async (path: string, more = {}): Promise<number> => {
    const bench = collectorBench(haproxy, { url: `http://${peer.address}${path}`, ...more }, { 'env:P': 'horse' });
    t.after(() => bench.close());
    return (await bench.collect()).values.length;
  };
  assert.ok((await collectFrom(STATS_PATH, { username: 'ops', password: 'env:P' })) > 20);
  await assert.rejects(collectFrom(STATS_PATH), { kind: 'auth' });
  await assert.rejects(collectFrom('/other'), { kind: 'protocol' });
});
