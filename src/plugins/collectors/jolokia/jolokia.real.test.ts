import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '#io/clock.ts';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { noJavaApplication, startJavaApplication } from '#test/peers/java-application.ts';
import { planTarget } from '#work/index.ts';
import { tryCollector } from '#work/try-collector.ts';
import jolokia from './index.ts';

const RULES = `
rules:
  - bean: org.eclipse.jetty.util.thread:type=queuedthreadpool,*
    mapping: { minThreads: { metric: pool.threads.least, desc: The least threads. } }
  - bean: java.lang:type=GarbageCollector,name=*
    metricAttribute: { gc: lowercase(param(name)), valid: beanattr(Valid) }
    mapping: { CollectionCount: { metric: my.collections, type: counter } }
`;

test('a real agent: ready rules and own ones agree with what the application did', {
  skip: noJavaApplication,
}, async (t) => {
  const peer = await startJavaApplication();
  t.after(() => peer.remove());
  const url = `http://${peer.address}/jolokia`;
  const bench = collectorBench(jolokia, { url, rules: RULES });
  t.after(() => bench.close());
  const before = await bench.collect();
  for (let i = 0; i < 9; i++) await fetch(`http://${peer.address}/shop?key=${i % 3}`);
  const after = await bench.collect();
  const grown = (metric: string, labels = {}): number =>
    (bench.valueOf(after, metric, labels) ?? Number.NaN) - (bench.valueOf(before, metric, labels) ?? 0);
  assert.deepEqual(after.problems, []);
  assert.equal(grown('ehcache_hits_total', { cache: 'users' }), 6);
  assert.equal(grown('ehcache_misses_total', { cache: 'users' }), 3);
  assert.equal(grown('jetty_responses_total', { code: '2xx' }), 9 + 1, 'and the question before');
  assert.equal(bench.valueOf(after, 'pool_threads_least'), 4);
  assert.ok(bench.valueOf(after, 'my_collections_total', { gc: 'copy', valid: 'true' }) !== undefined);
  assert.ok((bench.valueOf(after, 'jvm_memory_limit_bytes', { area: 'heap' }) ?? 0) <= 96 * 2 ** 20);
  assert.ok(Math.abs((after.startedAt ?? 0) - Date.now()) < 300_000);
  const entry = { url, rules: RULES, sets: ['jvm'] };
  const place = { collector: 'jolokia', entry, place: 'jolokia', origin: 'page' } as const;
  const planned = planTarget(new Map([['jolokia', jolokia]]), place);
  assert.ok(planned !== undefined);
  const tools = { host: 'web-1', clock: systemClock, secrets: { resolve: async () => '' } };
  const { series, problems } = await tryCollector(planned, tools, AbortSignal.timeout(30_000));
  assert.deepEqual(problems, []);
  const own = series.find(({ metric }) => metric === 'pool_threads_least');
  assert.deepEqual([own?.value, own?.unit, own?.help], [4, '', 'The least threads.']);
  const elsewhere = collectorBench(jolokia, { url: `http://${peer.address}/shop?key=1&` });
  t.after(() => elsewhere.close());
  await assert.rejects(elsewhere.collect(), { name: 'CollectError' });
  await peer.stop();
  await peer.start();
  const restarted = await bench.collect();
  assert.ok((restarted.startedAt ?? 0) > (after.startedAt ?? Number.POSITIVE_INFINITY));
});
