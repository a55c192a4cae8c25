import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { noTomcat, startTomcat } from '#test/peers/tomcat.ts';
import tomcat from './index.ts';

test('a real Tomcat: values agree with a known load; a wrong login is refused', { skip: noTomcat }, async (t) => {
  const peer = await startTomcat();
  t.after(() => peer.remove());
  const collectorWith = (secret: string) => {
    const login = { url: `http://${peer.address}/manager`, username: 'ops', password: 'env:P' };
    const bench = collectorBench(tomcat, login, { 'env:P': secret });
    t.after(() => bench.close());
    return bench;
  };
  const bench = collectorWith('horse');
  const first = await bench.collect();
  for (let i = 0; i < 7; i++) assert.equal((await fetch(`http://${peer.address}/missing`)).status, 404);
  const second = await bench.collect();
  const grown = (metric: string): number =>
    (bench.valueOf(second, metric) ?? Number.NaN) - (bench.valueOf(first, metric) ?? 0);
  assert.equal(grown('tomcat_requests_total'), 7 + 11, 'and the questions of one run');
  assert.equal(grown('tomcat_errors_total'), 7);
  assert.equal(bench.valueOf(second, 'tomcat_threads', { state: 'limit' }), 8);
  assert.equal(bench.valueOf(second, 'tomcat_sessions_limit'), undefined, 'it has none');
  assert.equal(bench.valueOf(second, 'tomcat_sessions_active', { context: '/manager' }), 0);
  const limit = bench.valueOf(second, 'jvm_memory_limit_bytes', { area: 'heap' }) ?? 0;
  assert.ok(limit > 64 * 2 ** 20 && limit <= 96 * 2 ** 20);
  assert.ok(Math.abs((second.startedAt ?? 0) - Date.now()) < 300_000);
  await assert.rejects(collectorWith('mule').collect(), { name: 'CollectError', kind: 'auth' });
});
