import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { noApache, STATUS_PATH, startApache } from '#test/peers/apache.ts';
import { collectorBench } from '#test/peers/collector-bench.ts';
import apache from './index.ts';

const SKIP = { skip: noApache };
/** One member that nobody listens for, one that is switched off. */
const BALANCER = `<Proxy balancer://shop>
  BalancerMember http://127.0.0.1:1
  BalancerMember http://127.0.0.1:2 status=+D
</Proxy>
ProxyPass /shop balancer://shop`;

test('values agree with a known load', SKIP, async (t) => {
  const peer = await startApache();
  t.after(() => peer.remove());
  await writeFile(join(peer.folder, 'page'), 'x'.repeat(100 * 1024));
  const bench = collectorBench(apache, { url: `http://${peer.address}${STATUS_PATH}` });
  t.after(() => bench.close());
  const first = await bench.collect();
  for (let i = 0; i < 7; i++) {
    const answer = await fetch(`http://${peer.address}/page`, { headers: { connection: 'close' } });
    assert.equal((await answer.arrayBuffer()).byteLength, 100 * 1024);
  }
  const second = await bench.collect();
  const grown = (metric: string): number =>
    (bench.valueOf(second, metric) ?? Number.NaN) - (bench.valueOf(first, metric) ?? 0);
  assert.equal(grown('apache_requests_total'), 8, 'seven, and the first question');
  assert.ok(grown('apache_traffic_bytes_total') >= 700 * 1024 && grown('apache_traffic_bytes_total') < 710 * 1024);
  const places = second.values.filter(({ metric }) => metric === 'apache_scoreboard');
  assert.equal(
    places.reduce((sum, { value }) => sum + value, 0),
    16,
    'all of MaxRequestWorkers',
  );
  assert.equal(second.runId, first.runId);
});

test('members of a balancer have their states', SKIP, async (t) => {
  const peer = await startApache({ more: BALANCER });
  t.after(() => peer.remove());
  assert.equal((await fetch(`http://${peer.address}/shop/`)).status, 503);
  const bench = collectorBench(apache, { url: `http://${peer.address}${STATUS_PATH}` });
  t.after(() => bench.close());
  const collection = await bench.collect();
  const states = collection.states?.map(({ labels, state }) => [labels?.['balancer'], labels?.['member'], state]);
  assert.deepEqual(states, [
    ['shop', 'http://127.0.0.1:1', 'error'],
    ['shop', 'http://127.0.0.1:2', 'disabled'],
  ]);
  const member = { member: 'http://127.0.0.1:1' };
  assert.equal(bench.valueOf(collection, 'apache_balancer_elected_total', member), 1);
});

test('a login is sent; without it the answer is a typed error, and so is another page', SKIP, async (t) => {
  const login = 'AuthType Basic\nAuthName status\nAuthBasicProvider file\nAuthUserFile users\nRequire valid-user';
  const peer = await startApache({ inStatus: login });
  t.after(() => peer.remove());
  await writeFile(join(peer.folder, 'users'), 'ops:{SHA}QL0AFWMIX8NRZTKeof9cXsvbvu8=\n');
  await chmod(join(peer.folder, 'users'), 0o644);
  const collectFrom = async (path: string, more = {}): Promise<number> => {
    const bench = collectorBench(apache, { url: `http://${peer.address}${path}`, ...more }, { 'env:P': '123' });
    t.after(() => bench.close());
    return (await bench.collect()).values.length;
  };
  assert.ok((await collectFrom(STATUS_PATH, { username: 'ops', password: 'env:P' })) > 20);
  await assert.rejects(collectFrom(STATUS_PATH), { kind: 'auth' });
  await writeFile(join(peer.folder, 'page'), 'no status');
  await assert.rejects(collectFrom('/page'), { kind: 'protocol' });
});
