import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pino } from 'pino';
import { systemClock } from '#io/clock.ts';
import { type TestSample, testFolder, testTelemetry, writeSamples } from '../telemetry-fixture.ts';
import type { TelemetryStore } from '../telemetry-store.ts';
import { RollupQueue } from './rollup-queue.ts';
import { RollupWorker } from './rollup-worker.ts';

const DAY = Math.floor(Date.now() / 86_400_000 - 3) * 86_400_000;
const TOTALS = `SELECT (SELECT sum(vcnt) FROM samples_5m) AS n5, (SELECT sum(vsum) FROM samples_5m) AS s5,
  (SELECT sum(vcnt) FROM samples_1h) AS n1, (SELECT sum(vsum) FROM samples_1h) AS s1`;

/** Lets so many commands through to the engine and then fails, before or after the last one has worked. */
function failing(store: TelemetryStore, commands: number, done: boolean): TelemetryStore {
  let left = commands;
  return {
    ...store,
    command: async (sql, options) => {
      left -= 1;
      if (left > 0 || (left === 0 && done)) await store.command(sql, options);
      if (left <= 0) throw new Error('killed');
    },
  };
}

test('rollups interrupted anywhere hold each batch once', { timeout: 40_000 }, async (t) => {
  const folder = await testFolder(t);
  const telemetry = testTelemetry(t, folder);
  await telemetry.start();
  const { store } = telemetry;
  const queue = new RollupQueue(join(folder, 'rollup'));
  const workerOf = (broken: TelemetryStore) =>
    new RollupWorker({ store: broken, queue, clock: systemClock, logger: pino({ level: 'silent' }) });
  // More series than a block of the engine has rows, over the end of a month, in two batches.
  const samples: TestSample[] = Array.from({ length: 70_000 }, (_, i) => [i, DAY - (i % 2) * 31 * 86_400_000, 1]);
  let expected = 0;
  for (const [commands, done] of [
    [1, false],
    [1, true],
    [2, false],
    [2, true],
  ] as const) {
    const round = `${commands}-${done}`;
    for (const part of ['a', 'b']) await queue.add(await writeSamples(folder, round + part, samples), round + part);
    expected += 2 * samples.length;
    await assert.rejects(workerOf(failing(store, commands, done)).rollUp(), /killed/);
    await workerOf(store).rollUp();
    const n = String(expected);
    assert.deepEqual(await store.rows(TOTALS), [{ n5: n, s5: expected, n1: n, s1: expected }], round);
    assert.deepEqual(await queue.oldest(), []);
  }
});

test('names that are patterns to the engine are refused as tokens', async (t) => {
  const queue = new RollupQueue(await testFolder(t));
  for (const token of ['', 'a/b', 'a,b', '{a}', '*']) await assert.rejects(queue.add('file', token), /not the token/);
});
