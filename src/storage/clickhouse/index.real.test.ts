import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '#core/errors.ts';
import { systemClock } from '#io/clock.ts';
import type { Telemetry } from './index.ts';
import { testFolder, testTelemetry, writeSamples } from './telemetry-fixture.ts';

/** Midnight three days ago: what is older than its retention disappears. */
const DAY = Math.floor(Date.now() / 86_400_000 - 3) * 86_400_000;
const COUNTS = `SELECT (SELECT count() FROM samples) AS raw, (SELECT sum(vcnt) FROM samples_5m) AS m5,
  (SELECT sum(vcnt) FROM samples_1h) AS h1`;

function pidOf(telemetry: Telemetry): number {
  return telemetry.processes()[0]?.pid ?? assert.fail('there is no engine process');
}

/** Resolves when the condition holds; the limit of the test ends it otherwise. */
async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await systemClock.sleep(20);
}

test('a batch is stored once however often it comes, in raw and both rollups', async (t) => {
  const folder = await testFolder(t);
  const telemetry = testTelemetry(t, folder);
  await telemetry.start();
  const { store } = telemetry;
  assert.deepEqual(telemetry.status(), { state: 'up', detail: 'running' });
  const samples = Array.from({ length: 1000 }, (_, i) => [i % 10, DAY + i * 1000, i] as const);
  const file = await writeSamples(folder, 'a', [...samples, [1, DAY, Number.NaN], [2, DAY + 86_400_000, 5]]);
  await store.insertFile('samples', file, 'a');
  await store.insertFile('samples', file, 'a');
  await telemetry.rollups.rollUp();
  await store.insertFile('samples', file, 'a');
  await telemetry.rollups.rollUp();
  assert.deepEqual(await store.rows(COUNTS), [{ raw: '1002', m5: '1001', h1: '1001' }]);
  const [hour] = await store.rows(
    `SELECT min(vmin) AS min, max(vmax) AS max, sum(vsum) / sum(vcnt) AS avg, argMaxMerge(vlast) AS last FROM samples_1h
     WHERE family = 7 AND id = 3 AND t = {t:DateTime}`,
    { params: { t: new Date(DAY) } },
  );
  assert.deepEqual(hour, { min: 3, max: 993, avg: 498, last: 993 });
  const [samplesTable] = await telemetry.tables();
  assert.deepEqual([samplesTable?.rows, samplesTable?.oldest, samplesTable?.retentionMs], [1002, DAY, 14 * 86_400_000]);
});

test('after kill -9 the engine is back with all that was answered', { timeout: 30_000 }, async (t) => {
  const folder = await testFolder(t);
  const telemetry = testTelemetry(t, folder);
  await telemetry.start();
  for (let round = 1; round <= 3; round += 1) {
    const file = await writeSamples(folder, `r${round}`, [[round, DAY, round]]);
    await telemetry.store.insertFile('samples', file, `r${round}`);
    const pid = pidOf(telemetry);
    const rollup = telemetry.rollups.rollUp().catch(() => undefined);
    process.kill(pid, 'SIGKILL');
    await until(() => telemetry.status().state === 'up' && pidOf(telemetry) !== pid);
    await rollup;
    assert.deepEqual(await telemetry.store.rows('SELECT count() AS n FROM samples'), [{ n: String(round) }]);
  }
  await telemetry.rollups.rollUp();
  assert.deepEqual(await telemetry.store.rows(COUNTS), [{ raw: '3', m5: '3', h1: '3' }]);
});

test('queries of a dead engine fail as unavailable, a hung engine is replaced', { timeout: 30_000 }, async (t) => {
  const telemetry = testTelemetry(t, await testFolder(t));
  await telemetry.start();
  const pid = pidOf(telemetry);
  process.kill(pid, 'SIGSTOP');
  const hung = telemetry.store.rows('SELECT 1 AS n');
  await assert.rejects(hung, (error: AppError) => error.code === 'unavailable' && error.retryable);
  await until(() => telemetry.status().state === 'up' && pidOf(telemetry) !== pid);
  assert.deepEqual(await telemetry.store.rows('SELECT 1 AS n'), [{ n: 1 }]);
});

test('a long query does not hold up an insert, and ends when its signal aborts', { timeout: 20_000 }, async (t) => {
  const folder = await testFolder(t);
  const telemetry = testTelemetry(t, folder);
  await telemetry.start();
  const abort = new AbortController();
  const endless = 'SELECT count() FROM numbers(100000000000000) WHERE number % 7 = 3';
  let running = 6;
  const queries = Array.from({ length: running }, () =>
    telemetry.store.rows(endless, { signal: abort.signal }).finally(() => (running -= 1)),
  );
  const settled = Promise.allSettled(queries);
  await telemetry.store.insertFile('samples', await writeSamples(folder, 'a', [[1, DAY, 1]]), 'a');
  assert.equal(running, 6);
  abort.abort();
  for (const outcome of await settled) {
    assert.ok(
      outcome.status === 'rejected' && outcome.reason instanceof AppError && outcome.reason.code === 'cancelled',
    );
  }
  assert.deepEqual(await telemetry.store.rows('SELECT count() AS n FROM samples'), [{ n: '1' }]);
});

test('limits are faults with names of their own', async (t) => {
  const telemetry = testTelemetry(t, await testFolder(t));
  await telemetry.start();
  const cases = [
    ['SELECT sum(number) FROM numbers(100000000000000)', { max_execution_time: 0.2 }, 'limit_time'],
    ['SELECT length(groupArray(number)) FROM numbers(100000000)', { max_memory_usage: 50_000_000 }, 'limit_memory'],
    ['SELECT number FROM numbers(1000000)', { max_result_rows: 1000 }, 'limit_rows'],
    ['SELECT count() FROM samples', { max_rows_to_read: 1 }, undefined],
    ['SELECT nothing_of_that_name', {}, 'bad_query'],
    ["SELECT throwIf(1, 'No space left on device')", {}, 'disk_full'],
  ] as const;
  for (const [sql, settings, code] of cases) {
    const outcome = await telemetry.store.rows(sql, { settings }).then(
      () => undefined,
      (error: AppError) => error.code,
    );
    assert.equal(outcome, code, sql);
  }
});

test('a second engine on the folder is refused by name of the first, and again free after it', {
  timeout: 30_000,
}, async (t) => {
  const folder = await testFolder(t);
  const first = testTelemetry(t, folder);
  await first.start();
  const second = testTelemetry(t, folder);
  const expected = new RegExp(`in use by process ${pidOf(first)}: stop it`);
  await assert.rejects(second.start(), (error: AppError) => error.code === 'conflict' && expected.test(error.message));
  await first.stop();
  assert.equal(first.status().state, 'off');
  await second.start();
  assert.deepEqual(await second.store.rows('SELECT 1 AS n'), [{ n: 1 }]);
});
