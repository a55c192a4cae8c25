import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Listener } from '#core/plugin/discovery.ts';
import { memcachedDiscovery } from './discovery.ts';
import { parseStats } from './parse.ts';

const OLD = join(import.meta.dirname, '../../../../../shared/data/fixtures/memcached/stats');

test('an old release without the newer figures is read', {
  skip: existsSync(OLD) ? false : 'no ../shared/data',
}, () => {
  const { values, startedAt } = parseStats(readFileSync(OLD, 'utf8'));
  const valueOf = (metric: string): number | undefined => values.find((one) => one.metric === metric)?.value;
  assert.equal(valueOf('memcached_limit_bytes'), 67_108_864);
  assert.equal(valueOf('memcached_connections_current'), 10);
  assert.equal(valueOf('memcached_connections_limit'), undefined);
  assert.equal(startedAt, (1_340_755_401 - 25_763) * 1_000);
});

test('what does not answer as Memcached does is a typed error', () => {
  for (const answer of ['ERROR', 'HTTP/1.1 400 Bad Request', 'CLIENT_ERROR unauthenticated']) {
    assert.throws(() => parseStats(answer), { name: 'CollectError', kind: 'protocol' });
  }
});

test('each port is proposed once', () => {
  const listener = (address: string, port: number, program = 'memcached'): Listener => {
    return { address, port, pid: 7, program, commandLine: [program] };
  };
  const listeners = [
    listener('0.0.0.0', 11211),
    listener('::', 11211),
    listener('10.0.0.5', 11212),
    listener('::', 80, 'nginx'),
  ];
  const proposals = memcachedDiscovery.propose({ listeners, files: new Map() });
  assert.deepEqual(
    proposals.flatMap(({ candidates }) => candidates),
    [{ address: '127.0.0.1:11211' }, { address: '10.0.0.5:11212' }],
  );
});
