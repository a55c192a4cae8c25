import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { canonicalKey } from '#core/model/labels.ts';
import type { RecordBatch } from '#core/sink.ts';
import type { Telemetry } from '#storage/clickhouse/index.ts';
import { STALE_BITS } from '#storage/clickhouse/schema/sample-value.ts';
import { testFolder, testTelemetry } from '#storage/clickhouse/telemetry-fixture.ts';
import { assertConserved } from './testing/accounts-check.ts';
import { type Harness, seriesId, startIngest } from './testing/ingest-harness.ts';
import { HISTOGRAM } from './testing/records.ts';

const LIMIT = { timeout: 60_000 };
const DAY = 86_400_000;
const now = Math.floor(Date.now() / 1000) * 1000;
const SOURCE = 'scrape';

/** An intake over a real engine that keeps everything for ever. */
async function start(t: TestContext): Promise<Harness & { readonly telemetry: Telemetry }> {
  const folder = await testFolder(t);
  const telemetry = testTelemetry(t, join(folder, 'data'), { config: { retention: { raw: 'unlimited' } } });
  await telemetry.start();
  const config = { maxAge: 'unlimited' };
  const harness = await startIngest(t, {
    config,
    spoolDir: join(folder, 'spool'),
    options: { store: telemetry.store },
  });
  return { ...harness, telemetry };
}

const columnsOf = (keys: readonly string[], t: readonly number[], values: readonly number[]) => ({
  keys,
  t: Float64Array.from(t),
  values: Float64Array.from(values),
});

test('stale markers are stored with exactly their bits, beside values and NaN', LIMIT, async (t) => {
  const { ingest, telemetry, account } = await start(t);
  const times = [now - 3000, now - 2000, now - 1000];
  const batch: RecordBatch = {
    source: SOURCE,
    samples: columnsOf(['up', 'up', 'up'], times, [1, Number.NaN, 0.5]),
    stale: { keys: ['up', 'other'], t: Float64Array.of(now, now) },
  };
  assert.deepEqual(await ingest.records.writeRecords(batch), { accepted: 5, rejectedTotal: 0, rejected: [] });
  await ingest.settled();
  const sql = 'SELECT toString(reinterpretAsUInt64(v)) AS bits, isNaN(v) AS nan FROM samples ORDER BY t, id';
  const rows = await telemetry.store.rows<{ bits: string; nan: number }>(sql);
  assert.deepEqual(
    rows.map((row) => row.nan),
    [0, 1, 0, 1, 1],
  );
  assert.equal(rows.filter((row) => row.bits === String(STALE_BITS)).length, 2);
  await telemetry.rollups.rollUp();
  assert.deepEqual(await telemetry.store.rows('SELECT toUInt32(sum(vcnt)) AS n FROM samples_5m'), [{ n: 2 }]);
  assert.equal(account(SOURCE).stored, 5);
  assertConserved(ingest.accounts());
});

test('native histograms come back as they were, one day per file, with their series', LIMIT, async (t) => {
  const { ingest, telemetry, account } = await start(t);
  const key = canonicalKey({ __name__: 'latency', job: 'a' });
  const custom = { ...HISTOGRAM, schema: -53, resetHint: 'gauge' as const, customValues: Float64Array.of(0.5, 1, 2.5) };
  const broken = { ...HISTOGRAM, positive: { spans: [], counts: Float64Array.of(1) } };
  const answer = await ingest.records.writeRecords({
    source: SOURCE,
    histograms: [
      { key, t: now - DAY, histogram: HISTOGRAM },
      { key, t: now, histogram: custom },
      { key, t: now, histogram: broken },
      { key, t: now + DAY, histogram: HISTOGRAM },
    ],
  });
  assert.equal(answer.accepted, 2);
  assert.deepEqual(
    answer.rejected.map(({ line, reason }) => [line, reason]),
    [
      [3, 'bad_value'],
      [4, 'future'],
    ],
  );
  await ingest.settled();
  const rows = await telemetry.store.rows('SELECT * EXCEPT (family, id) FROM histograms ORDER BY t');
  const time = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
  const stored = {
    ...{
      t: time(now - DAY),
      schema: -2,
      counter_reset: 2,
      count: 21,
      sum: -3.25,
      zero_threshold: 1e-128,
      zero_count: 2,
    },
    ...{ pos_offsets: [-3, 4], pos_lengths: [2, 1], pos_counts: [1, 2, 3] },
    ...{ neg_offsets: [0], neg_lengths: [1], neg_counts: [13], custom_values: [] },
  };
  const second = { ...stored, t: time(now), schema: -53, counter_reset: 3, custom_values: [0.5, 1, 2.5] };
  assert.deepEqual(rows, [stored, second]);
  const series =
    "SELECT toString(id) AS id FROM series FINAL WHERE labels['job'] = 'a' AND (family, id) IN (SELECT family, id FROM histograms)";
  assert.deepEqual(await telemetry.store.rows(series), [{ id: String(await seriesId(key)) }]);
  assert.equal(account(SOURCE).stored, 2);
  assertConserved(ingest.accounts());
});

test('exemplars and metadata are stored once, and are no records', LIMIT, async (t) => {
  const { ingest, telemetry, account } = await start(t);
  const exemplar = { t: now, v: 1.5, labels: { trace_id: 'abc' } };
  const metadata = { metric: 'latency', type: 'histogram', unit: 'seconds', help: 'Time.' } as const;
  for (let round = 0; round < 3; round += 1) {
    const batch = { source: SOURCE, exemplars: [{ key: 'latency', exemplar }], metadata: [metadata] };
    assert.equal((await ingest.records.writeRecords(batch)).accepted, 0);
  }
  await ingest.records.writeRecords({ source: SOURCE, metadata: [{ ...metadata, help: 'Another.' }] });
  await ingest.settled();
  const { store } = telemetry;
  assert.deepEqual(await store.rows('SELECT v, labels FROM exemplars'), [{ v: 1.5, labels: { trace_id: 'abc' } }]);
  const counts = 'SELECT type, unit, help FROM metric_metadata ORDER BY help';
  assert.deepEqual(await store.rows(counts), [
    { type: 'histogram', unit: 'seconds', help: 'Another.' },
    { type: 'histogram', unit: 'seconds', help: 'Time.' },
  ]);
  assert.deepEqual([account(SOURCE).received, account(SOURCE).stored], [0, 0]);
});

test('keys of other worlds are stored as their labels; samples near the epoch are rolled up', LIMIT, async (t) => {
  const { ingest, telemetry, account } = await start(t);
  const odd = ['a..b', 'x;k=v', canonicalKey({ job: 'no\nname' }), 'web.load'];
  const keys = [...odd, 'web.load', 'web.load'];
  const times = [...odd.map(() => 0), 600_000, -1];
  const answer = await ingest.records.writeRecords({
    source: SOURCE,
    samples: columnsOf(
      keys,
      times,
      keys.map(() => 2),
    ),
  });
  assert.deepEqual(answer.rejected, [{ line: 6, reason: 'too_old' }]);
  await ingest.settled();
  await telemetry.rollups.rollUp();
  const { store } = telemetry;
  const series = await store.rows('SELECT labels, path FROM series FINAL ORDER BY path, toString(labels)');
  assert.deepEqual(series, [
    { labels: { __name__: 'a..b' }, path: '' },
    { labels: { __name__: 'x;k=v' }, path: '' },
    { labels: { job: 'no\nname' }, path: '' },
    { labels: {}, path: 'web.load' },
  ]);
  const rollup = `SELECT toUnixTimestamp(t) AS s, toUInt32(sum(vcnt)) AS n FROM samples_5m GROUP BY s ORDER BY s`;
  assert.deepEqual(await store.rows(rollup), [
    { s: 0, n: 4 },
    { s: 600, n: 1 },
  ]);
  assert.deepEqual(await store.rows('SELECT toUInt32(sum(vcnt)) AS n FROM samples_1h'), [{ n: 5 }]);
  assert.equal(account(SOURCE).stored, 5);
  assertConserved(ingest.accounts());
});

test('after series were forgotten and their rows deleted, they are registered anew', LIMIT, async (t) => {
  const { ingest, telemetry } = await start(t);
  const { store } = telemetry;
  const write = (ms: number) =>
    ingest.records.writeRecords({ source: SOURCE, samples: columnsOf(['gone.a', 'kept.b'], [ms, ms], [1, 1]) });
  await write(now - 1000);
  const id = await seriesId('gone.a');
  await ingest.forget(BigUint64Array.of(id));
  assert.deepEqual(await store.rows('SELECT toUInt32(count()) AS n FROM samples'), [{ n: 2 }]);
  const settings = { mutations_sync: 2 };
  for (const table of ['samples', 'series'])
    await store.command(`ALTER TABLE ${table} DELETE WHERE id = ${id}`, { settings });
  await write(now);
  await ingest.settled();
  const rows = await store.rows<{ path: string }>('SELECT path FROM series FINAL ORDER BY path');
  assert.deepEqual(rows, [{ path: 'gone.a' }, { path: 'kept.b' }]);
  assert.deepEqual(await store.rows('SELECT toUInt32(count()) AS n FROM samples'), [{ n: 3 }]);
});
