import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import { systemClock } from '#io/clock.ts';
import { type TestSample, testFolder, testTelemetry, writeSamples } from '#storage/clickhouse/telemetry-fixture.ts';
import { createMetrics } from './index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Math.floor(Date.now() / HOUR) * HOUR;
/** Family of the samples that the fixture writes. */
const FAMILY = 7;

/** A counter that grows by one each minute; its values are sums over steps too. */
const minutes = (from: number, to: number): TestSample[] =>
  Array.from({ length: (to - from) / MINUTE }, (_, i) => [1, from + i * MINUTE, (from + i * MINUTE) / MINUTE]);

test('long ranges show what is not rolled up yet, late samples too, and the same numbers after it', async (t) => {
  const folder = await testFolder(t);
  const telemetry = testTelemetry(t, folder);
  await telemetry.start();
  const { store } = telemetry;
  const clock = { ...systemClock, now: () => NOW };
  const metrics = createMetrics({ store, clock, completeUntil: telemetry.rollups.until });
  const write = async (token: string, samples: readonly TestSample[]): Promise<void> =>
    store.insertFile('samples', await writeSamples(folder, token, samples), token);
  const ask = async (fn: string, maxPoints: number) => {
    const query = parseMetricQuery(fn === '' ? '{host="a"}' : `${fn}({host="a"})`);
    const { header, columns } = await metrics.range({ query, from: NOW - 48 * HOUR, to: NOW, maxPoints, limit: 5 });
    return { resolution: header.resolution, columns };
  };
  const askAll = async () => [await ask('', 600), await ask('', 49), await ask('increase', 600), await ask('rate', 49)];
  await store.command(`INSERT INTO nocmate.series SELECT ${FAMILY}, 1, 'ticks', map('host', 'a'), ['host=a'], '', 2, '',
    toDateTime(${NOW / 1000}), toDateTime(${NOW / 1000})`);

  await write('0001', minutes(NOW - 48 * HOUR, NOW - 30 * HOUR));
  await telemetry.rollups.rollUp();
  await write('0002', minutes(NOW - 20 * HOUR, NOW));
  await write('0003', minutes(NOW - 30 * HOUR, NOW - 20 * HOUR));
  assert.equal(telemetry.rollups.until(), NOW - 30 * HOUR);
  const waiting = await askAll();
  assert.deepEqual(
    waiting.map(({ resolution }) => resolution),
    ['5m', '1h', '5m', '1h'],
  );
  const [average = new Float64Array()] = waiting[0]?.columns ?? [];
  assert.equal(
    average.findIndex((value) => Number.isNaN(value)),
    average.length - 1,
    'only the step that begins now is empty',
  );
  assert.equal(average[1], (NOW - 48 * HOUR) / MINUTE + 7, 'the mean of minutes 5 to 9');

  await telemetry.rollups.rollUp();
  assert.ok(telemetry.rollups.until() > NOW - MINUTE);
  assert.deepEqual(await askAll(), waiting);
});

test('what waits is known again after a restart', async (t) => {
  const folder = await testFolder(t);
  const first = testTelemetry(t, folder);
  await first.start();
  await first.store.insertFile('samples', await writeSamples(folder, '0001', minutes(NOW - HOUR, NOW)), '0001');
  await first.stop();
  const second = testTelemetry(t, folder);
  await second.start();
  assert.equal(second.rollups.until(), NOW - HOUR);
  await second.rollups.rollUp();
  assert.deepEqual(await second.store.rows('SELECT sum(vcnt) AS n FROM samples_5m'), [{ n: '60' }]);
});
