import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TelemetryConfig } from '../config.ts';
import { testFolder, testTelemetry } from '../telemetry-fixture.ts';
import { applyLogIndex } from './log-index.ts';
import { LOG_TERMS, LOG_WORDS, termsOf } from './log-words.ts';
import { MIGRATIONS, migrate } from './migrations.ts';

const LIMIT = { timeout: 240_000 };
const telemetry = testTelemetry(test, await testFolder(test));
await telemetry.start();
const { store } = telemetry;
const ROWS = 30_000;
const DONE = { settings: { mutations_sync: 2 } };

/** What a release made that was taken back: another index and column of the same names, and numbers of its own. */
const TAKEN_BACK = [
  `ALTER TABLE logs ADD INDEX ix_terms arrayFilter(w -> length(w) < 8, tokens(body)) TYPE text(tokenizer = 'array')`,
  'ALTER TABLE logs ADD COLUMN terms Array(String) ALIAS arrayFilter(w -> length(w) < 8, tokens(body))',
];
const WORDS = `ALTER TABLE logs ADD INDEX ix_words ${LOG_WORDS} TYPE text(tokenizer = 'splitByNonAlpha', posting_list_codec = 'bitpacking')`;

/** The table as an earlier release left it, with lines in parts that were merged and one that was not. */
async function makeOldTable(statements: readonly string[]): Promise<void> {
  await store.command('DROP TABLE logs');
  await store.command('ALTER TABLE schema_migrations DELETE WHERE version >= 5', DONE);
  await migrate(
    store,
    'embedded',
    MIGRATIONS.filter(({ version }) => version <= 8),
  );
  for (const statement of statements) await store.command(statement);
  await store.command(linesFrom(0));
  await store.command('OPTIMIZE TABLE logs FINAL');
  await store.command(linesFrom(ROWS / 2));
}

const linesFrom = (from: number): string => `INSERT INTO logs (ts, seq, service, severity, body, attrs)
  SELECT now64(6) - toIntervalSecond(number % 7200), number + ${from}, ['shop', 'auth'][number % 2 + 1], number % 3 * 4 + 1,
    concat('order ', toString(number), ' done'), map('request_id', lower(hex(sipHash64(number + ${from})))) FROM numbers(${ROWS / 2})`;
const NEW_LINES = `INSERT INTO logs (ts, seq, service, severity, body, attrs)
  SELECT now64(6), ${ROWS} + number, 'shop', 9, 'order new', map('request_id', 'ffff0000ffff0000') FROM numbers(10)`;

const has = (...words: string[]): string => `hasAllTokens(${LOG_TERMS}, ['${words.flatMap(termsOf).join("','")}'])`;
const count = async (condition: string): Promise<number> => {
  const rows = await store.rows<{ n: number }>(`SELECT toUInt32(count()) AS n FROM logs WHERE ${condition}`);
  return rows[0]?.n ?? -1;
};

/** Conditions, how many of the old lines fulfil them, and how many of the new ones. */
const KNOWN: readonly (readonly [condition: string, old: number, later: number])[] = [
  [has('order'), ROWS, 10],
  [has('order', 'new'), 0, 10],
  [has('done', '1234'), 2, 0],
  [`NOT ${has('done')}`, 0, 10],
  [`${has('new')} OR ${has('77')}`, 2, 10],
  [has('ffff0000ffff0000'), 0, 10],
  [`attrs['request_id'] = lower(hex(sipHash64(toUInt64(77))))`, 1, 0],
  [`service = 'auth'`, ROWS / 2, 0],
];

async function assertKnown(later: boolean, when: string): Promise<void> {
  for (const [condition, old, added] of KNOWN)
    assert.equal(await count(condition), old + (later ? added : 0), `${when}: ${condition}`);
  for (const id of [0, ROWS / 2, ROWS - 1]) {
    const [row] = await store.rows<{ id: string }>(`SELECT lower(hex(sipHash64(toUInt64(${id})))) AS id`);
    assert.equal(
      await count(`${has(row?.id ?? '')} AND attrs['request_id'] = '${row?.id}'`),
      1,
      `${when}: id of line ${id}`,
    );
  }
  const minutes = await store.rows<{ n: number }>(
    'SELECT toUInt32(sum(n)) AS n FROM (SELECT toStartOfMinute(ts) AS m, severity, service, count() AS n FROM logs GROUP BY ALL)',
  );
  assert.deepEqual(minutes, [{ n: ROWS + (later ? 10 : 0) }], when);
}

const CONTENT = `SELECT count() AS a, sum(cityHash64(ts, seq, service, severity, body, attrs)) AS b FROM logs WHERE seq < ${ROWS}`;

for (const [release, statements] of [
  ['the release before', [WORDS]],
  ['one without an index', []],
  ['one that was taken back', TAKEN_BACK],
] as const) {
  test(`lines of ${release} answer the same before, while and after they get what later ones have`, LIMIT, async () => {
    await makeOldTable(statements);
    const content = await store.rows(CONTENT);
    await assertKnown(false, 'before');
    await store.command('SYSTEM STOP MERGES logs');
    await migrate(store, 'embedded');
    await applyLogIndex(store, TelemetryConfig.parse({}));
    await assertKnown(false, 'while');
    await store.command(NEW_LINES);
    await assertKnown(true, 'while, with new lines');
    await store.command('SYSTEM START MERGES logs');
    // One change waits for those before it.
    await store.command('ALTER TABLE logs MATERIALIZE INDEX ix_ts', DONE);
    await assertKnown(true, 'after');
    await store.command('OPTIMIZE TABLE logs FINAL');
    await assertKnown(true, 'merged');
    assert.deepEqual(await store.rows(CONTENT), content);
    const parts = await store.rows<{ rows: number }>(
      `SELECT toUInt32(sum(rows)) AS rows FROM system.parts WHERE table = 'logs' AND active AND has(projections, 'minutes')
       AND secondary_indices_compressed_bytes > 0`,
    );
    assert.deepEqual(parts, [{ rows: ROWS + 10 }]);
  });
}
