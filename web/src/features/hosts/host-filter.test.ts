import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostSummary } from '#core/api/hosts.ts';
import { filterHosts, worstFirst } from './host-filter.ts';

const NOW = 1_790_000_000_000;
const host = (name: string, change: Partial<HostSummary> = {}): HostSummary => ({
  host: name,
  lastSeenAt: NOW,
  uptimeSeconds: null,
  cpuRatio: null,
  loadPerCore: null,
  memoryRatio: null,
  diskRatio: null,
  networkBytesPerSecond: null,
  series: 1,
  ...change,
});
const names = (hosts: readonly HostSummary[]): string[] => hosts.map(({ host }) => host);
const FLEET = [
  host('web-10'),
  host('web-9'),
  host('db-1', { diskRatio: 0.96 }),
  host('cache', { lastSeenAt: NOW - 1e6 }),
];

test('all words typed must be in the name', () => {
  assert.deepEqual(names(filterHosts(FLEET, 'WEB 1', [])), ['web-10']);
});

test('the scope narrows by its matchers on host', () => {
  const scope = [
    { label: 'host', op: '=~', value: 'web-.*' },
    { label: 'host', op: '!=', value: 'web-9' },
    { label: 'zone', op: '=', value: 'x' },
  ] as const;
  assert.deepEqual(names(filterHosts(FLEET, '', scope)), ['web-10']);
  assert.deepEqual(filterHosts(FLEET, '', [{ label: 'host', op: '=~', value: '(' }]), []);
});

test('the worst is first, equals by name', () => {
  assert.deepEqual(names(worstFirst(FLEET, NOW)).slice(2), ['web-9', 'web-10']);
  assert.deepEqual(new Set(names(worstFirst(FLEET, NOW)).slice(0, 2)), new Set(['db-1', 'cache']));
});
