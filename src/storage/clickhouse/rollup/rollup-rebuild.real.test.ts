import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { InTurn } from '#io/in-turn.ts';
import type { Telemetry } from '../index.ts';
import { type TestSample, testFolder, testTelemetry, writeSamples } from '../telemetry-fixture.ts';
import type { TelemetryStore } from '../telemetry-store.ts';
import { RollupRebuild } from './rollup-rebuild.ts';

const HOUR = 3_600_000;
const BEGIN = Math.floor(Date.now() / HOUR - 40) * HOUR;
const SPAN = { pairs: '(7,1)', from: BEGIN + 60_000, to: BEGIN + 120_000 };
/** Takes the samples of the second minute. */
const DELETE = `DELETE FROM samples WHERE id = 1 AND t >= fromUnixTimestamp64Milli(${SPAN.from}) AND t < fromUnixTimestamp64Milli(${SPAN.to})`;
const TOTALS = `SELECT (SELECT count() FROM samples) AS n, (SELECT sum(vcnt) FROM samples_5m) AS n5, (SELECT sum(vcnt) FROM samples_1h) AS n1,
  (SELECT sum(v) FROM samples) AS s, (SELECT sum(vsum) FROM samples_5m) AS s5, (SELECT sum(vsum) FROM samples_1h) AS s1`;

type Filled = {
  readonly telemetry: Telemetry;
  readonly folder: string;
  readonly insert: (name: string) => Promise<void>;
};

/** A store with two series, ten samples a minute in an hour; `insert` adds as much again. */
async function filled(t: TestContext): Promise<Filled> {
  const folder = await testFolder(t);
  const telemetry = testTelemetry(t, folder);
  await telemetry.start();
  let from = BEGIN;
  const insert = async (name: string): Promise<void> => {
    from += 1;
    const samples: TestSample[] = Array.from({ length: 1_200 }, (_, i) => [1 + (i % 2), from + (i >> 1) * 6_000, i]);
    await telemetry.store.insertFile('samples', await writeSamples(folder, name, samples), name);
  };
  await insert('first');
  return { telemetry, folder, insert };
}

/** Asserts that the rollups say the same as the samples. */
async function assertRolledUp(store: TelemetryStore): Promise<void> {
  const [row] = await store.rows<Record<string, string | number>>(TOTALS);
  const { n, n5, n1, s, s5, s1 } = row ?? {};
  assert.deepEqual([n5, s5, n1, s1], [n, s, n, s]);
}

test('what comes in while rollups are made again is in them once', { timeout: 120_000 }, async (t) => {
  const { telemetry, insert } = await filled(t);
  const { store, rollups } = telemetry;
  let count = 0;
  const over = new AbortController();
  const sender = (async () => {
    while (!over.signal.aborted && count < 30) await insert(`meanwhile-${(count += 1)}`);
  })();
  for (let round = 0; round < 3; round += 1) {
    await rollups.rebuild(SPAN, async () => {
      assert.ok(rollups.until() <= BEGIN, 'readers turn to the raw samples');
      await store.command(DELETE);
    });
  }
  over.abort();
  await sender;
  await rollups.rollUp();
  await assertRolledUp(store);
  t.diagnostic(`${count} batches came meanwhile`);
});

test('rollups that were not made again are, whenever the process had ended', { timeout: 60_000 }, async (t) => {
  const { telemetry, folder, insert } = await filled(t);
  const { store, rollups } = telemetry;
  for (let commands = 0; commands < 4; commands += 1) {
    await insert(`round-${commands}`);
    let left = commands;
    const ending: TelemetryStore = {
      ...store,
      command: (sql, options) => ((left -= 1) < 0 ? Promise.reject(new Error('killed')) : store.command(sql, options)),
    };
    const inserts = new InTurn();
    const options = { directory: join(folder, 'rollup'), rollUp: rollups.rollUp };
    const killed = new RollupRebuild({ ...options, store: ending, withoutInserts: (work) => inserts.run(work) });
    await assert.rejects(
      killed.run(SPAN, () => ending.command(DELETE)),
      /killed/,
    );
    const next = new RollupRebuild({ ...options, store, withoutInserts: (work) => inserts.run(work) });
    await next.open();
    assert.equal(next.earliest, BEGIN);
    await next.finish();
    assert.equal(next.earliest, Number.POSITIVE_INFINITY);
    await rollups.rollUp();
    await assertRolledUp(store);
  }
  await assert.rejects(access(join(folder, 'rollup', 'rebuild.json')));
});

test('a start makes them before samples come in', { timeout: 60_000 }, async (t) => {
  const { telemetry, folder } = await filled(t);
  const gone = new Error('the process ends');
  await assert.rejects(
    telemetry.rollups.rebuild(SPAN, async () => {
      await telemetry.store.command(DELETE);
      throw gone;
    }),
    gone,
  );
  await telemetry.stop();
  const second = testTelemetry(t, folder);
  await second.start();
  await second.rollups.rollUp();
  await assertRolledUp(second.store);
});
