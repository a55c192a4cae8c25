import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostSummary } from '#core/api/hosts.ts';
import type { CollectorStatus, SelfStatus } from '#core/api/status.ts';
import { formatClock } from '#web/format/time.ts';
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
  origin: 'page',
  labels: {},
  errorKind: '',
  pausedUntil: 0,
  plugin: 'redis',
  title: '',
  summary: '',
  target: 'cache-1',
  intervalMs: 1_000,
  up: true,
  since: 0,
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
const clock = (t: number): string => formatClock(t, { seconds: false });
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
  assert.deepEqual(texts(known), [
    `2 hosts are silent since ${clock(NOW - 1e6)}`,
    'Disk at 90 % on a, limit 85 %',
    `collector redis on cache-1 fails since ${clock(NOW)}`,
  ]);
  assert.equal(stateSentence(known).status, 'critical');
});

test('a failed part and storage that is behind are told', () => {
  assert.deepEqual(texts({ ...quiet, self: self(12_000, 'failed') }), ['engine has failed', 'storage is 12 s behind']);
});

test('a collector that has not run yet has not failed', () => {
  assert.deepEqual(texts({ ...quiet, collectors: [collector({ up: false, runs: 0 })] }), ['All well on 1 host']);
});

test('what is wrong with a host is said with where, since when, and how many more', () => {
  const hosts = [
    host('a', { cpuRatio: 0.86 }),
    host('b', { cpuRatio: 0.97 }),
    host('c', { lastSeenAt: NOW - 100_000 }),
  ];
  const overSince = NOW - 600_000;
  assert.deepEqual(texts({ ...quiet, hosts, overSince }), [
    `CPU at 97 % on b since ${clock(overSince)}, limit 85 %, and 2 more hosts over limits or late`,
  ]);
  assert.deepEqual(texts({ ...quiet, hosts: hosts.slice(2) }), [`nothing from c since ${clock(NOW - 100_000)}`]);
});
