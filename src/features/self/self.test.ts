import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PartStatus, SelfStatus } from '#core/api/status.ts';
import { exposeValues } from './exposition.ts';
import { summariseHealth } from './health.ts';
import { SELF_METRICS, selfValues } from './self-metrics.ts';

const part = (state: PartStatus['state']): PartStatus => ({ state, detail: '' });

test('health is ok when all serve or are off, starting while one starts, degraded otherwise', () => {
  const status = (...states: PartStatus['state'][]): string =>
    summariseHealth(Object.fromEntries(states.map((state, i) => [`p${i}`, part(state)])), '1', 0).status;
  assert.equal(status('up', 'off'), 'ok');
  assert.equal(status('up', 'starting'), 'starting');
  assert.equal(status('starting', 'degraded'), 'degraded');
  assert.equal(status('up', 'failed'), 'degraded');
});

const STATUS: SelfStatus = {
  health: summariseHealth({ http: part('up'), state: part('failed') }, '1.2.3', 5_000),
  accounts: [{ input: 'tcp', received: 10, stored: 5, held: 2, rejected: { nan: 2 }, dropped: { full: 1 } }],
  ingestRate: 1.5,
  activeSeries: 3,
  spool: { files: 1, bytes: 2, oldestMs: 3, limitBytes: 4 },
  insertLagMs: 250,
  eventLoopP99Ms: 20,
  sampleCache: { bytes: 5, limitBytes: 6 },
  processes: [{ name: 'server', pid: 1, residentBytes: 99 }],
  listeners: [],
};

test('the account of an input is told whole: received = stored + held + rejected + dropped', () => {
  const values = selfValues(STATUS, 0);
  const sum = (name: string): number =>
    values.filter(({ metric }) => metric === name).reduce((total, { value }) => total + value, 0);
  const parts = ['stored_total', 'held', 'rejected_total', 'dropped_total'].map((end) => sum(`nocmate_samples_${end}`));
  assert.equal(
    sum('nocmate_samples_received_total'),
    parts.reduce((a, b) => a + b),
  );
});

test('every value is of a metric of the table and has exactly its labels', () => {
  for (const { metric, labels } of selfValues(STATUS, 4)) {
    assert.deepEqual(Object.keys(labels), SELF_METRICS[metric].labels, metric);
  }
});

test('the exposition escapes labels and writes numbers as Prometheus reads them', () => {
  const table = { m: { kind: 'gauge', unit: '', help: 'H.', labels: ['a'] } } as const;
  const value = (v: number) => ({ metric: 'm', labels: { a: 'x"\\\n' }, value: v });
  assert.equal(
    exposeValues([value(1e21), value(Number.NaN), value(-Infinity)], table),
    '# HELP m H.\n# TYPE m gauge\nm{a="x\\"\\\\\\n"} 1e+21\nm{a="x\\"\\\\\\n"} NaN\nm{a="x\\"\\\\\\n"} -Inf\n',
  );
});
