import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '#io/clock.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { MetricList } from './metric-list.ts';

/** A store whose catalogue holds one metric more at each reading. */
function growingStore(): { store: TelemetryStore; readings: () => number } {
  let readings = 0;
  const rows = async (): Promise<unknown[]> => {
    readings += 1;
    return Array.from({ length: readings }, (_, i) => ({ name: `m${i}_bytes`, kind: 1, unit: '', series: '2' }));
  };
  return { store: { rows } as unknown as TelemetryStore, readings: () => readings };
}

test('the list is answered from memory, read again behind an answer, and never older than a minute', async () => {
  let now = 0;
  const { store, readings } = growingStore();
  const list = new MetricList(store, { ...systemClock, monotonic: () => now });
  const count = async (): Promise<number> => (await list.find({ limit: 10 })).length;
  assert.deepEqual([await count(), await count(), readings()], [1, 1, 1]);
  now = 6_000;
  assert.deepEqual([await count(), readings()], [1, 2], 'the kept list at once, and a reading behind it');
  await new Promise(setImmediate);
  assert.deepEqual([await count(), readings()], [2, 2]);
  list.markStale();
  assert.deepEqual([await count(), readings()], [2, 3]);
  await new Promise(setImmediate);
  now = 120_000;
  assert.deepEqual([await count(), readings()], [4, 4], 'too old to be answered');
  assert.deepEqual(
    (await list.find({ limit: 10, prefix: 'm1', search: 'BYTES' })).map(({ name, unit }) => [name, unit]),
    [['m1_bytes', 'bytes']],
  );
});
