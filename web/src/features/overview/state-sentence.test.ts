import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostSummary } from '#core/api/hosts.ts';
import type { CollectorStatus, SelfStatus } from '#core/api/status.ts';
import { stateSentence } from './state-sentence.ts';

const NOW = 1_790_000_000_000;
const host = (name: string, change: Partial<HostSummary> = {}): HostSummary => ({
  host: name,
  lastSeenAt: NOW,
  uptimeSeconds: 1,
  cpuRatio: 0.1,
  loadPerCore: 0.1,
  memoryRatio: 0.1,
  diskRatio: 0.1,
  networkBytesPerSecond: 1,
  series: 1,
  ...change,
});
const collector = (change: Partial<CollectorStatus>): CollectorStatus => ({
  plugin: 'redis',
  title: '',
  summary: '',
  target: 'cache-1',
  intervalMs: 1_000,
  up: true,
  lastRunAt: NOW,
  lastSuccessAt: NOW,
  lastDurationMs: 1,
  lastError: '',
  series: 1,
  runs: 5,
  failures: 0,
  skipped: 0,
  ...change,
});
const self = (insertLagMs: number, state: 'up' | 'failed' = 'up'): SelfStatus =>
  ({ insertLagMs, health: { parts: { engine: { state, detail: '' } } } }) as unknown as SelfStatus;
const quiet = { hosts: [host('a')], collectors: [collector({})], self: self(200), now: NOW };
const texts = (known: Parameters<typeof stateSentence>[0]): string[] =>
  stateSentence(known).parts.map(({ text }) => text);

test('nothing wrong is said in one part', () => {
  assert.deepEqual(texts(quiet), ['All well on 1 host']);
  assert.deepEqual(texts({ ...quiet, hosts: [] }), ['Waiting for the first host']);
  assert.equal(stateSentence(quiet).status, 'ok');
});

test('the worst comes first and gives the sentence its status', () => {
  const hosts = [
    host('a', { diskRatio: 0.9 }),
    host('b', { lastSeenAt: NOW - 1e6 }),
    host('c', { lastSeenAt: NOW - 1e6 }),
  ];
  const known = { ...quiet, hosts, collectors: [collector({ up: false })] };
  assert.deepEqual(texts(known), ['2 hosts are silent', 'a: Disk 90 %', 'collector redis on cache-1 fails']);
  assert.equal(stateSentence(known).status, 'critical');
});

test('a failed part and storage that is behind are told', () => {
  assert.deepEqual(texts({ ...quiet, self: self(12_000, 'failed') }), ['engine has failed', 'storage is 12 s behind']);
});

test('a collector that has not run yet has not failed', () => {
  assert.deepEqual(texts({ ...quiet, collectors: [collector({ up: false, runs: 0 })] }), ['All well on 1 host']);
});
