import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { CollectErrorKind } from '#core/plugin/collect-error.ts';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { freePort } from '#test/peers/free-port.ts';
import { peerFolder } from '#test/peers/peer.ts';
import { noRedis, redisCli, startRedis } from '#test/peers/redis.ts';
import redis from './index.ts';

const SKIP = { skip: noRedis };

test('values agree with redis-cli after a known load', SKIP, async (t) => {
  const peer = await startRedis(['--maxmemory', '64mb']);
  t.after(() => peer.remove());
  const bench = collectorBench(redis, { address: peer.address });
  t.after(() => bench.close());
  const first = await bench.collect();
  for (let i = 0; i < 10; i++) await redisCli(peer, 'set', `k${i}`, 'v', 'EX', '1000');
  for (let i = 0; i < 3; i++) await redisCli(peer, 'get', 'k1');
  await redisCli(peer, 'get', 'nothing');
  const second = await bench.collect();
  const grown = (metric: string, labels?: Record<string, string>): number =>
    (bench.valueOf(second, metric, labels) ?? Number.NaN) - (bench.valueOf(first, metric, labels) ?? 0);
  assert.equal(grown('redis_cmd_calls_total', { cmd: 'set' }), 10);
  assert.equal(grown('redis_cmd_calls_total', { cmd: 'get' }), 4);
  assert.equal(grown('redis_keyspace_hits_total'), 3);
  assert.equal(grown('redis_keyspace_misses_total'), 1);
  assert.equal(grown('redis_connections_received_total'), 14, 'the collector keeps its own connection');
  assert.equal(bench.valueOf(second, 'redis_db_keys', { db: 'db0' }), Number(await redisCli(peer, 'dbsize')));
  assert.equal(bench.valueOf(second, 'redis_maxmemory_bytes'), 64 * 2 ** 20);
  assert.deepEqual(second.states?.[0], { metric: 'redis_role', state: 'master' });
});

test('a restart gives another run id, and the connection comes back by itself', SKIP, async (t) => {
  const peer = await startRedis();
  t.after(() => peer.remove());
  const bench = collectorBench(redis, { address: peer.address });
  t.after(() => bench.close());
  const first = await bench.collect();
  await peer.stop();
  await assert.rejects(bench.collect(), { name: 'CollectError', kind: 'unreachable' });
  await peer.start();
  const second = await bench.collect();
  assert.match(first.runId ?? '', /^[0-9a-f]{40}$/);
  assert.notEqual(second.runId, first.runId);
});

for (const [what, secret, kind] of [
  ['the right password is let in', 'right horse', undefined],
  ['a wrong password is refused', 'wrong horse', 'auth'],
  ['no password is refused', undefined, 'auth'],
] as const satisfies readonly (readonly [string, string | undefined, CollectErrorKind | undefined])[]) {
  test(what, SKIP, async (t) => {
    const peer = await startRedis(['--requirepass', 'right horse']);
    t.after(() => peer.remove());
    const login = secret === undefined ? {} : { password: 'stored:a' };
    const bench = collectorBench(redis, { address: peer.address, ...login }, { 'stored:a': secret ?? '' });
    t.after(() => bench.close());
    if (kind === undefined) assert.ok(bench.valueOf(await bench.collect(), 'redis_uptime_seconds_total') !== undefined);
    else await assert.rejects(bench.collect(), { kind });
  });
}

test('an ACL user that may only ask for INFO is enough', SKIP, async (t) => {
  const peer = await startRedis();
  t.after(() => peer.remove());
  await redisCli(peer, 'ACL', 'SETUSER', 'nocmate', 'on', '>s3cret', '-@all', '+info');
  const options = { address: peer.address, username: 'nocmate', password: 'stored:a' };
  const bench = collectorBench(redis, options, { 'stored:a': 's3cret' });
  t.after(() => bench.close());
  assert.ok((await bench.collect()).values.length > 20);
});

test('TLS: a server is known by its own certificate, and refused without it', SKIP, async (t) => {
  const folder = await peerFolder('certificate');
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=redis-1', '-addext', 'subjectAltName=DNS:redis-1'];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert];
  await promisify(execFile)('openssl', [...request, ...subject]);
  const port = await freePort();
  const files = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', cert];
  const peer = await startRedis(
    ['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no', ...files],
    port,
  );
  t.after(() => peer.remove());
  const known = { address: peer.address, tls: true, tlsServerName: 'redis-1' };
  const trusting = collectorBench(redis, { ...known, tlsCa: await readFile(cert, 'utf8') });
  t.after(() => trusting.close());
  assert.ok((await trusting.collect()).values.length > 20);
  const strange = collectorBench(redis, known);
  t.after(() => strange.close());
  await assert.rejects(strange.collect(), { kind: 'unreachable', message: /self-signed certificate/ });
});
