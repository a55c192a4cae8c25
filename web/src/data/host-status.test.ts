import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostSummary } from '#core/api/hosts.ts';
import { hostStatus, isSilent } from './host-status.ts';

const NOW = 1_790_000_000_000;
const quiet: HostSummary = {
  host: 'web-1',
  lastSeenAt: NOW - 1_000,
  uptimeSeconds: 60,
  cpuRatio: 0.2,
  loadPerCore: 0.3,
  memoryRatio: 0.5,
  diskRatio: 0.4,
  networkBytesPerSecond: 1,
  series: 10,
};

const CASES: readonly (readonly [string, Partial<HostSummary>, string, string])[] = [
  ['a host below all limits is ok', {}, 'ok', 'OK'],
  ['the fullest resource is named', { diskRatio: 0.9, memoryRatio: 0.87 }, 'warning', 'Disk 90 %'],
  ['nearly full is critical', { memoryRatio: 0.97 }, 'critical', 'Memory 97 %'],
  ['two minutes of silence are late', { lastSeenAt: NOW - 120_000 }, 'warning', 'Late'],
  ['silence outweighs every figure', { lastSeenAt: NOW - 400_000, diskRatio: 0.99 }, 'critical', 'Silent'],
  ['what is not measured counts for nothing', { cpuRatio: null, memoryRatio: null, diskRatio: null }, 'ok', 'OK'],
];

for (const [name, change, status, word] of CASES) {
  test(name, () => {
    const told = hostStatus({ ...quiet, ...change }, NOW);
    assert.deepEqual([told.status, told.word], [status, word]);
  });
}

test('a host is silent when it is late', () => {
  assert.equal(isSilent(quiet, NOW), false);
  assert.equal(isSilent({ ...quiet, lastSeenAt: NOW - 90_001 }, NOW), true);
});
