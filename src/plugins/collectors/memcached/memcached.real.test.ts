import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { noMemcached, startMemcached } from '#test/peers/memcached.ts';
import type { Peer } from '#test/peers/peer.ts';
import memcached from './index.ts';

const SKIP = { skip: noMemcached };

/** Sends commands on a connection of their own, and waits until all are answered. */
async function tell(peer: Peer, ...commands: readonly string[]): Promise<void> {
  const socket = connect(peer.port, '127.0.0.1').resume();
  socket.end([...commands, 'quit', ''].join('\r\n'));
  await once(socket, 'close');
}

test('values agree with a known load', SKIP, async (t) => {
  const peer = await startMemcached('-m', '64', '-c', '200');
  t.after(() => peer.remove());
  const bench = collectorBench(memcached, { address: peer.address });
  t.after(() => bench.close());
  const first = await bench.collect();
  await tell(peer, ...Array.from({ length: 10 }, (_, i) => `set k${i} 0 0 5\r\nvalue`));
  await tell(peer, 'get k1', 'get k2', 'get k3', 'get nothing', 'incr nothing 1', 'delete k9', 'touch k1 100');
  const second = await bench.collect();
  const grown = (metric: string, labels?: Record<string, string>): number =>
    (bench.valueOf(second, metric, labels) ?? Number.NaN) - (bench.valueOf(first, metric, labels) ?? 0);
  assert.equal(grown('memcached_commands_total', { command: 'set' }), 10);
  assert.equal(grown('memcached_commands_total', { command: 'get' }), 4);
  assert.equal(grown('memcached_operations_total', { operation: 'get', type: 'hit' }), 3);
  assert.equal(grown('memcached_operations_total', { operation: 'get', type: 'miss' }), 1);
  assert.equal(grown('memcached_operations_total', { operation: 'incr', type: 'miss' }), 1);
  assert.equal(grown('memcached_operations_total', { operation: 'delete', type: 'hit' }), 1);
  assert.equal(grown('memcached_operations_total', { operation: 'touch', type: 'hit' }), 1);
  assert.equal(grown('memcached_connections_total'), 2, 'the collector keeps its own connection');
  assert.equal(bench.valueOf(second, 'memcached_current_items'), 9);
  assert.equal(bench.valueOf(second, 'memcached_slab_items', { slab: '1' }), 9);
  assert.equal(bench.valueOf(second, 'memcached_limit_bytes'), 64 * 2 ** 20);
  assert.equal(bench.valueOf(second, 'memcached_connections_limit'), 200);
});

test('evictions are counted, and under their slab class', SKIP, async (t) => {
  const peer = await startMemcached('-m', '2', '-I', '64k', '-o', 'slab_chunk_max=32768');
  t.after(() => peer.remove());
  const big = 'x'.repeat(20_000);
  await tell(peer, ...Array.from({ length: 400 }, (_, i) => `set k${i} 0 0 ${big.length}\r\n${big}`));
  const bench = collectorBench(memcached, { address: peer.address });
  t.after(() => bench.close());
  const { values } = await bench.collect();
  const bySlab = values.filter(({ metric }) => metric === 'memcached_slab_evictions_total');
  const evictions = bench.valueOf({ values }, 'memcached_evictions_total') ?? 0;
  assert.ok(evictions > 0);
  assert.equal(
    bySlab.reduce((sum, { value }) => sum + value, 0),
    evictions,
  );
});

test('the connection comes back by itself after a restart, which shows', SKIP, async (t) => {
  const peer = await startMemcached();
  t.after(() => peer.remove());
  const bench = collectorBench(memcached, { address: peer.address });
  t.after(() => bench.close());
  await tell(peer, 'set k 0 0 1\r\nv');
  const first = await bench.collect();
  await peer.stop();
  await assert.rejects(bench.collect(), { name: 'CollectError', kind: 'unreachable' });
  await peer.start();
  const second = await bench.collect();
  assert.equal(bench.valueOf(first, 'memcached_current_items'), 1);
  assert.equal(bench.valueOf(second, 'memcached_current_items'), 0);
  assert.ok((second.startedAt ?? 0) >= (first.startedAt ?? Number.POSITIVE_INFINITY));
});
