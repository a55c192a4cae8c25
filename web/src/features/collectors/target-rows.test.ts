import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CatalogueEntry, StoredTarget } from '#core/api/collectors.ts';
import type { CollectorStatus } from '#core/api/status.ts';
import { targetRows } from './target-rows.ts';

function status(plugin: string, target: string, more: Partial<CollectorStatus> = {}): CollectorStatus {
  const numbers = {
    intervalMs: 1,
    since: 0,
    lastRunAt: 0,
    lastSuccessAt: 0,
    lastDurationMs: 0,
    pausedUntil: 0,
    series: 0,
  };
  const counts = { runs: 1, failures: 0, skipped: 0 };
  const texts = { title: plugin, summary: '', lastError: '', errorKind: '', origin: 'page' } as const;
  return { plugin, target, labels: {}, up: true, ...numbers, ...counts, ...texts, ...more };
}

function stored(id: string, target: string): StoredTarget {
  const facts = { collector: 'redis', origin: 'page', options: {}, secretsSet: [], labels: {} } as const;
  return { id, target, ...facts, enabled: true, updatedAt: 0, updatedBy: '' };
}

test('what fails stands first, what is off last, each with what is stored of it', () => {
  const catalogue = [{ id: 'redis', title: 'Redis' } as CatalogueEntry];
  const statuses = [
    status('redis', 'b:1', { id: 'one' }),
    status('nginx', 'a:1'),
    status('redis', 'c:1', { id: 'two', up: false }),
    status('host', 'localhost', { runs: 0, up: false }),
  ];
  const rows = targetRows(statuses, [stored('one', 'b:1'), stored('two', 'c:1'), stored('off', 'a:1')], catalogue);
  assert.deepEqual(
    rows.map((row) => [row.title, row.target, row.stored?.id, row.status === undefined]),
    [
      ['redis', 'c:1', 'two', false],
      ['host', 'localhost', undefined, false],
      ['nginx', 'a:1', undefined, false],
      ['redis', 'b:1', 'one', false],
      ['Redis', 'a:1', 'off', true],
    ],
  );
});
