import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TelemetryConfig } from '../config.ts';
import { testFolder, testTelemetry } from '../telemetry-fixture.ts';
import { applyLogIndex } from './log-index.ts';
import { LOG_TERMS, LOG_WORDS, termsOf } from './log-words.ts';
import { MIGRATIONS, migrate } from './migrations.ts';

const telemetry = testTelemetry(test, await testFolder(test));
await telemetry.start();
const { store } = telemetry;
const ROWS = 30_000;

/** The table as an earlier release left it, with lines in parts that were merged and one that was not. */
async function makeOldTable(): Promise<void> {
  await store.command('DROP TABLE logs');
  await store.command('ALTER TABLE schema_migrations DELETE WHERE version >= 5', { settings: { mutations_sync: 2 } });
  await migrate(
    store,
    'embedded',
    MIGRATIONS.filter(({ version }) => version < 8),
  );
  const index = `ix_words ${LOG_WORDS} TYPE text(tokenizer = 'splitByNonAlpha', posting_list_codec = 'bitpacking')`;
  await store.command(`ALTER TABLE logs ADD INDEX ${index}`);
  const line = (from: number): string => `INSERT INTO logs (ts, seq, service, severity, body, attrs)
    SELECT now64(6) - toIntervalSecond(number % 7200), number + ${from}, ['shop', 'auth'][number % 2 + 1], number % 3 * 4 + 1,
      concat('order ', toString(number), ' done'), map('request_id', lower(hex(sipHash64(number + ${from})))) FROM numbers(${ROWS / 2})`;
  await store.command(line(0));
  await store.command('OPTIMIZE TABLE logs FINAL');
  await store.command(line(ROWS / 2));
}

const QUESTIONS = [
  'SELECT count() AS a, sum(seq) AS b, sum(cityHash64(ts, service, severity, body, attrs)) AS c FROM logs',
  'SELECT service AS a, severity AS b, count() AS c FROM logs GROUP BY a, b ORDER BY a, b',
  `SELECT count() AS a FROM logs WHERE attrs['request_id'] = lower(hex(sipHash64(77)))`,
];
const answers = async (): Promise<unknown[]> => Promise.all(QUESTIONS.map((sql) => store.rows(sql)));

test('lines of an earlier release stay as they are, and get what later ones have', { timeout: 120_000 }, async () => {
  await makeOldTable();
  const before = await answers();
  await migrate(store, 'embedded');
  await applyLogIndex(store, TelemetryConfig.parse({}));
  assert.deepEqual(await answers(), before);
  // One change waits for those before it.
  await store.command('ALTER TABLE logs MATERIALIZE INDEX ix_ts', { settings: { mutations_sync: 2 } });
  await store.command(`INSERT INTO logs (ts, seq, service, severity, body, attrs)
    SELECT now64(6), ${ROWS} + number, 'shop', 9, 'order new', map('request_id', 'ffff0000ffff0000') FROM numbers(10)`);
  await store.command('OPTIMIZE TABLE logs FINAL');
  const parts = await store.rows<{ rows: number }>(
    `SELECT toUInt32(sum(rows)) AS rows FROM system.parts WHERE table = 'logs' AND active AND has(projections, 'minutes')
     AND name IN (SELECT name FROM system.parts WHERE secondary_indices_compressed_bytes > 0)`,
  );
  assert.deepEqual(parts, [{ rows: ROWS + 10 }]);
  const found = await store.rows(
    `SELECT toUInt32(count()) AS n FROM logs WHERE hasAllTokens(${LOG_TERMS}, ['order', '${termsOf('ffff0000ffff0000').join("','")}'])`,
  );
  assert.deepEqual(found, [{ n: 10 }]);
  const counted = await store.rows<{ n: number }>(
    'SELECT toUInt32(sum(n)) AS n FROM (SELECT toStartOfMinute(ts) AS m, count() AS n FROM logs GROUP BY m)',
  );
  assert.deepEqual(counted, [{ n: ROWS + 10 }]);
});
