import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemClock } from '#io/clock.ts';
import { createPromEngine, type PromEngine } from '#query/promql/engine.ts';
import { createMetrics, type Metrics } from './index.ts';
import { type Filled, fillStore, NOW } from './testing/filled-store.ts';

const MINUTE = 60_000;
const { signal } = new AbortController();
let filled: Filled;
let metrics: Metrics;
let keeping: PromEngine;
let plain: PromEngine;

before(async () => {
  filled = await fillStore();
  const parts = { store: filled.store, clock: { ...systemClock, now: () => NOW } };
  metrics = createMetrics({ ...parts, sampleCacheBytes: 2 ** 22 });
  keeping = createPromEngine(metrics.prom);
  plain = createPromEngine(createMetrics(parts).prom);
});
after(() => filled.close());

async function valuesOf(engine: PromEngine, query: string, fromMinutes: number, toMinutes: number) {
  const steps = { start: NOW - fromMinutes * MINUTE, step: MINUTE, count: fromMinutes - toMinutes + 1 };
  const { value } = await engine.evaluate({
    expr: engine.parse(query),
    steps,
    isRange: true,
    lookback: 5 * MINUTE,
    signal,
  });
  assert.ok(value.kind === 'vector');
  return value.series.map(({ labels, values, present }) => [{ ...labels }, [...values], [...present]]);
}

async function assertSame(query: string, fromMinutes: number, toMinutes: number): Promise<void> {
  const expected = await valuesOf(plain, query, fromMinutes, toMinutes);
  assert.ok(expected.length > 0, query);
  for (const round of [1, 2]) {
    assert.deepEqual(await valuesOf(keeping, query, fromMinutes, toMinutes), expected, `${query}, round ${round}`);
  }
}

test('kept samples answer as those of the store, also what comes late and what is deleted', async () => {
  const queries = ['temp', 'rate(bytes_total[7m])', 'max_over_time(temp[10m])', 'lone'];
  for (const query of queries) await assertSame(query, 90, 0);
  for (const query of queries) await assertSame(query, 60, 2);
  const { bytes } = metrics.sampleCacheSize();
  assert.ok(bytes > 10_000, `${bytes} bytes`);
  const late = NOW - 30 * MINUTE + 1;
  await filled.store.command(
    `INSERT INTO nocmate.samples SELECT xxHash32('temp'), 1, fromUnixTimestamp64Milli(toInt64(${late})), 12345, 0`,
  );
  metrics.noticeStored('samples', late);
  assert.match(JSON.stringify(await valuesOf(keeping, 'max_over_time(temp[10m])', 60, 2)), /12345/);
  for (const query of queries) await assertSame(query, 60, 2);
  const eraser = metrics.eraser({
    intake: { settled: () => Promise.resolve(), forget: () => Promise.resolve() },
    rollups: filled.rollups,
  });
  const [host] = [{ label: 'host', op: '=', value: 'a' }] as const;
  const name = { label: '__name__', op: '=', value: 'temp' } as const;
  await eraser.erase([[name, host]], { from: late - 5 * MINUTE, to: late + 5 * MINUTE }, { signal });
  assert.doesNotMatch(JSON.stringify(await valuesOf(keeping, 'max_over_time(temp[10m])', 60, 2)), /12345/);
  for (const query of queries) await assertSame(query, 60, 2);
});

test('native histograms that come after the first question are found', async () => {
  assert.equal((await valuesOf(keeping, 'histogram_count(lone)', 60, 0)).length, 0);
  await filled.store.command(
    `INSERT INTO nocmate.histograms SELECT xxHash32('lone'), 5, fromUnixTimestamp64Milli(toInt64(${NOW - 20 * MINUTE})), 0, 0, 7, 1, 0, 0, [], [], [], [], [], [], []`,
  );
  metrics.noticeStored('histograms', undefined);
  await assertSame('histogram_count(lone)', 60, 0);
});
