import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { noJavaApplication, startJavaApplication } from '#test/peers/java-application.ts';
import ehcache from './index.ts';

test('a real cache: hits, misses and objects agree with a known load', { skip: noJavaApplication }, async (t) => {
  const peer = await startJavaApplication();
  t.after(() => peer.remove());
  const bench = collectorBench(ehcache, { url: `http://${peer.address}/jolokia` });
  t.after(() => bench.close());
  for (let i = 0; i < 120; i++) await fetch(`http://${peer.address}/shop?key=${i}`);
  for (let i = 0; i < 7; i++) await fetch(`http://${peer.address}/shop?key=119`);
  const collection = await bench.collect();
  const cache = { manager: 'shop', cache: 'users' };
  assert.equal(bench.valueOf(collection, 'ehcache_misses_total', cache), 120);
  assert.equal(bench.valueOf(collection, 'ehcache_hits_total', cache), 7);
  assert.equal(bench.valueOf(collection, 'ehcache_objects', { ...cache, tier: 'heap' }), 100, 'it keeps so many');
  assert.equal(bench.valueOf(collection, 'ehcache_objects_limit', cache), 100);
});
