import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Listener } from '#core/plugin/discovery.ts';
import { redisDiscovery } from './discovery.ts';

function listener(port: number, title: string, more: Partial<Listener> = {}): Listener {
  return { address: '0.0.0.0', port, pid: 7, program: 'redis-check-rdb', commandLine: [title], ...more };
}

const propose = (listeners: readonly Listener[]): readonly unknown[] =>
  redisDiscovery.propose({ listeners, files: new Map() }).flatMap(({ candidates }) => candidates);

test('each server is proposed once, by the address it can be reached at', () => {
  const title = 'redis-server *:6379';
  const both = [listener(6379, title), listener(6379, title, { address: '::' })];
  const other = listener(7000, '/opt/bin/valkey-server 10.0.0.5:7000', { address: '10.0.0.5', pid: 8 });
  assert.deepEqual(propose([...both, other]), [{ address: '127.0.0.1:6379' }, { address: '10.0.0.5:7000' }]);
});

test('the port by which nodes of a cluster speak is none', () => {
  const title = 'redis-server 127.0.0.1:7001 [cluster]';
  assert.deepEqual(propose([listener(7001, title), listener(17_001, title)]), [{ address: '127.0.0.1:7001' }]);
});

test('other programs are none', () => {
  assert.deepEqual(propose([listener(6379, 'redis-cli'), listener(80, 'nginx: master process')]), []);
});
