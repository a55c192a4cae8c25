import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { noJavaApplication, startJavaApplication } from '#test/peers/java-application.ts';
import jetty from './index.ts';

test('a real Jetty: requests, responses and sessions agree with a known load', {
  skip: noJavaApplication,
}, async (t) => {
  const peer = await startJavaApplication();
  t.after(() => peer.remove());
  const bench = collectorBench(jetty, { url: `http://${peer.address}/jolokia/` });
  t.after(() => bench.close());
  const before = await bench.collect();
  for (let i = 0; i < 5; i++) await fetch(`http://${peer.address}/shop?key=a&session=1`);
  for (let i = 0; i < 3; i++) assert.equal((await fetch(`http://${peer.address}/shop`)).status, 404);
  const after = await bench.collect();
  const grown = (metric: string, labels = {}): number =>
    (bench.valueOf(after, metric, labels) ?? Number.NaN) - (bench.valueOf(before, metric, labels) ?? 0);
  assert.equal(grown('jetty_requests_total'), 5 + 3 + 1, 'and the question itself');
  assert.equal(grown('jetty_responses_total', { code: '2xx' }), 5 + 1);
  assert.equal(grown('jetty_responses_total', { code: '4xx' }), 3);
  assert.equal(grown('jetty_sessions_created_total', { context: 'ROOT' }), 5);
  assert.equal(bench.valueOf(after, 'jetty_requests_active'), 1);
  assert.equal(bench.valueOf(after, 'jetty_threads', { state: 'limit' }), 20);
  assert.ok(grown('jvm_uptime_seconds_total') > 0);
});
