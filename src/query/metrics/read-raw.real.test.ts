import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RangeRequest } from '#core/api/query.ts';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import { systemClock } from '#io/clock.ts';
import { createGraphiteSource, createMetrics, type Metrics } from './index.ts';
import { type Filled, fillStore, NOW } from './testing/filled-store.ts';

const MINUTE = 60_000;
let filled: Filled;
let keeping: Metrics;
let plain: Metrics;

before(async () => {
  filled = await fillStore();
  const parts = { store: filled.store, clock: { ...systemClock, now: () => NOW } };
  keeping = createMetrics({ ...parts, sampleCacheBytes: 2 ** 22 });
  plain = createMetrics(parts);
});
after(() => filled.close());

async function chart(metrics: Metrics, text: string, fromMinutes: number) {
  const request = RangeRequest.parse({ query: parseMetricQuery(text), from: NOW - fromMinutes * MINUTE, to: NOW });
  const { header, columns } = await metrics.range(request);
  const { stats: _, ...rest } = header;
  return { ...rest, columns: columns.map((column) => [...column]) };
}

const rendered = (metrics: Metrics, pattern: string, fromMinutes: number) =>
  createGraphiteSource(metrics).fetch({ pattern, from: NOW / 1000 - fromMinutes * 60, until: NOW / 1000 });

async function assertSame(): Promise<void> {
  for (const fromMinutes of [90, 60, 120]) {
    for (const text of ['temp', 'rate(bytes_total)']) {
      const expected = await chart(plain, text, fromMinutes);
      assert.ok(expected.columns.length > 0, text);
      assert.deepEqual(await chart(keeping, text, fromMinutes), expected, `${text}, ${fromMinutes} minutes`);
    }
    const expected = await rendered(plain, 'servers.*.cpu.user', fromMinutes);
    assert.ok(expected.length > 0);
    assert.deepEqual(await rendered(keeping, 'servers.*.cpu.user', fromMinutes), expected, `${fromMinutes} minutes`);
  }
}

test('charts and Graphite answer from kept samples as from the store, also what comes late', async () => {
  await assertSame();
  const { bytes } = keeping.sampleCacheSize();
  assert.ok(bytes > 1_000, `${bytes} bytes`);
  const late = NOW - 30 * MINUTE + 1;
  const before = JSON.stringify(await chart(keeping, 'temp', 60));
  await filled.store.command(
    `INSERT INTO nocmate.samples SELECT xxHash32('temp'), 1, fromUnixTimestamp64Milli(toInt64(${late})), 12345, 0`,
  );
  assert.equal(JSON.stringify(await chart(keeping, 'temp', 60)), before);
  keeping.noticeStored('samples', late);
  assert.notEqual(JSON.stringify(await chart(keeping, 'temp', 60)), before);
  await assertSame();
});
