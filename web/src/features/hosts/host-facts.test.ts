import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostDetail } from '#core/api/hosts.ts';
import { hostFacts } from './host-facts.ts';

const NOW = 1_790_000_000_000;
const host = (facts: Record<string, string>, change: Partial<HostDetail> = {}): HostDetail => ({
  host: 'web-1',
  lastSeenAt: NOW - 500,
  uptimeSeconds: null,
  cpuRatio: null,
  loadPerCore: null,
  memoryRatio: null,
  diskRatio: null,
  networkBytesPerSecond: null,
  series: 1,
  facts,
  ...change,
});

test('facts that belong together are one', () => {
  const facts = hostFacts(
    host({ os_name: 'Debian', os_version: '13.2', cpu_count: '1', memory_bytes: '1073741824' }),
    NOW,
  );
  assert.deepEqual(facts, [
    { name: 'System', value: 'Debian 13.2' },
    { name: 'Cores, memory', value: '1 core, 1 GiB' },
    { name: 'Last seen', value: 'now' },
  ]);
});

test('a version that the name of the system has is not said twice', () => {
  const [system] = hostFacts(host({ os_name: 'Debian GNU/Linux 12 (bookworm)', os_version: '12' }), NOW);
  assert.equal(system?.value, 'Debian GNU/Linux 12 (bookworm)');
});

test('a host without facts tells only when it was seen', () => {
  const late = hostFacts(host({}, { lastSeenAt: NOW - 120_000 }), NOW);
  assert.deepEqual(late, [{ name: 'Last seen', value: '2 min ago' }]);
});
