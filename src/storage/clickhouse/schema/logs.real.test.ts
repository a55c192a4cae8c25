import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TelemetryConfig } from '../config.ts';
import { testFolder, testTelemetry } from '../telemetry-fixture.ts';
import { applyLogIndex } from './log-index.ts';
import { applyRetention } from './retention.ts';

const LIMIT = { timeout: 120_000 };
const telemetry = testTelemetry(test, await testFolder(test));
await telemetry.start();
const { store } = telemetry;

const write = (values: string): Promise<void> =>
  store.command(`INSERT INTO logs (ts, seq, service, source, body, attrs) VALUES ${values}`);
const indexes = async (): Promise<string[]> => {
  const sql = `SELECT name FROM system.data_skipping_indices WHERE table = 'logs' ORDER BY name`;
  return (await store.rows<{ name: string }>(sql)).map(({ name }) => name);
};

test('lines are found by their words and fields, before and after the index was changed', LIMIT, async () => {
  await write(`(now64(6), 1, 'web', 'file', 'GET /Cart 0f3a99c1', {'status': '200'})`);
  const found = async (condition: string): Promise<number> =>
    (await store.rows<{ n: number }>(`SELECT toUInt32(count()) AS n FROM logs WHERE ${condition}`))[0]?.n ?? 0;
  const look = async (rows: number): Promise<void> => {
    assert.equal(await found(`hasAllTokens(body, ['cart', 'get'])`), rows);
    assert.equal(await found(`has(kv, 'status=200')`), rows);
    assert.equal(await found(`has(kv, 'status=201')`), 0);
  };
  assert.deepEqual(await indexes(), ['ix_body', 'ix_kv', 'ix_sev', 'ix_trace']);
  await look(1);
  await applyLogIndex(store, TelemetryConfig.parse({ logs: { index: 'bloom' } }));
  assert.deepEqual(await indexes(), ['ix_body_bloom', 'ix_kv', 'ix_sev', 'ix_trace']);
  await applyLogIndex(store, TelemetryConfig.parse({ logs: { index: 'none' } }));
  assert.deepEqual(await indexes(), ['ix_sev', 'ix_trace']);
  await write(`(now64(6), 2, 'web', 'file', 'GET /cart', {'status': '200'})`);
  await applyLogIndex(store, TelemetryConfig.parse({}));
  assert.deepEqual(await indexes(), ['ix_body', 'ix_kv', 'ix_sev', 'ix_trace']);
  await look(2);
  await store.command('OPTIMIZE TABLE logs FINAL');
  await look(2);
  await store.command('TRUNCATE TABLE logs');
});

test('streams have their own length of life, and whole parts of it', LIMIT, async () => {
  const retention = {
    logs: '3d',
    logStreams: [
      { service: "aud*'t", keep: '400d' },
      { service: 'web', source: 'noise_1', keep: '1d' },
      { source: 'law', keep: 'unlimited' },
    ],
  };
  const config = TelemetryConfig.parse({ retention });
  assert.deepEqual(await applyRetention(store, config), ['logs']);
  assert.deepEqual(await applyRetention(store, config), []);
  const rows = [`'audi\\'t', 'x'`, `'web', 'noise_1'`, `'web', 'noiseX1'`, `'web', 'law'`];
  await write(rows.map((row, i) => `(now64(6), ${i}, ${row}, 'm', {})`).join(','));
  const kept = await store.rows('SELECT toUInt32(seq) AS seq, keep_days AS days FROM logs ORDER BY seq');
  assert.deepEqual(kept, [
    { seq: 0, days: 400 },
    { seq: 1, days: 1 },
    { seq: 2, days: 0 },
    { seq: 3, days: 65_535 },
  ]);
  const parts = await store.rows<{ days: number }>(
    `SELECT toInt32(dateDiff('day', today(), delete_ttl_info_max)) AS days FROM system.parts
     WHERE table = 'logs' AND active ORDER BY days`,
  );
  assert.deepEqual(parts.slice(0, 3), [{ days: 1 }, { days: 3 }, { days: 400 }]);
  assert.ok((parts[3]?.days ?? 0) > 20_000);
  assert.deepEqual(await applyRetention(store, TelemetryConfig.parse({})), ['logs']);
});
