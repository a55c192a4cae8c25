import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { TelemetryConfig } from '../config.ts';
import { testFolder, testTelemetry } from '../telemetry-fixture.ts';
import { applyLogIndex, LOG_PAIRS } from './log-index.ts';
import { isIdWord, LOG_TERMS, LOG_WORDS, termsOf } from './log-words.ts';
import { applyRetention } from './retention.ts';

const LIMIT = { timeout: 120_000 };
const telemetry = testTelemetry(test, await testFolder(test));
await telemetry.start();
const { store } = telemetry;

const write = (values: string): Promise<void> =>
  store.command(`INSERT INTO logs (ts, seq, service, source, body, attrs, resource) VALUES ${values}`);
const indexes = async (): Promise<string[]> => {
  const sql = `SELECT name FROM system.data_skipping_indices WHERE table = 'logs' ORDER BY name`;
  return (await store.rows<{ name: string }>(sql)).map(({ name }) => name);
};

const HELLO = [
  "(now64(6), 1, 'web', 'file', 'GET /Cart Hello', {'id': '0F3a99', 'request': '4f1C2e3a9b77'}, {'zone': 'EU-1'})",
];
const OTHER = ["(now64(6), 2, 'web', 'file', 'put /cart', {'id': '77', 'request': '4f1c2e3a9b78'}, {'zone': 'eu-2'})"];
const has = (...words: string[]): string => `hasAllTokens(${LOG_WORDS}, ['${words.join("','")}'])`;

/** Conditions, and which of the two lines they find. */
const FOUND: readonly (readonly [condition: string, lines: readonly number[]])[] = [
  [has('hello'), [1]],
  [has('cart'), [1, 2]],
  [has('cart', '0f3a99', 'eu'), [1]],
  [has('77'), [2]],
  [`NOT ${has('hello')}`, [2]],
  [`${has('hello')} OR ${has('put')}`, [1, 2]],
  [`NOT (${has('hello')} OR ${has('77')})`, []],
  [`${has('cart')} AND NOT ${has('2')}`, [1]],
  [`has(${LOG_PAIRS}, 'id=77')`, [2]],
  [`has(kv, 'zone=EU-1')`, [1]],
  [`has(kv, 'zone=EU-2')`, []],
  [`hasAllTokens(words, ['hello'])`, [1]],
  [has('4f1c2e3a9b77'), [1]],
];

const hasTerms = (...words: string[]): string =>
  `hasAllTokens(${LOG_TERMS}, ['${words.flatMap(termsOf).join("','")}'])`;
/** The same by what the text index holds, while the table has it: also in parts that do not. */
const FOUND_BY_TERMS: typeof FOUND = [
  [hasTerms('cart'), [1, 2]],
  [hasTerms('put', 'cart'), [2]],
  [`NOT (${hasTerms('hello')} OR ${hasTerms('77')})`, []],
  [hasTerms('cart', '0f3a99', 'eu'), [1]],
  [`NOT ${hasTerms('hello')}`, [2]],
  [hasTerms('4f1c2e3a9b77', 'cart'), [1]],
  [hasTerms('4f1c2e3a9b78'), [2]],
  ["hasAllTokens(terms, ['b77'])", []],
  ["hasAllTokens(terms, ['hello'])", [1]],
];

beforeEach(() => store.command('TRUNCATE TABLE logs'));

async function assertFound(lines: readonly number[], what: string): Promise<void> {
  const hasIndex = (await indexes()).includes('ix_pieces');
  for (const [condition, expected] of hasIndex ? [...FOUND, ...FOUND_BY_TERMS] : FOUND) {
    const sql = `SELECT DISTINCT toUInt32(seq) AS seq FROM logs WHERE ${condition} ORDER BY seq`;
    const found = (await store.rows<{ seq: number }>(sql)).map(({ seq }) => seq);
    const there = expected.filter((line) => lines.includes(line));
    assert.deepEqual(found, there, `${what}: ${condition}`);
  }
}

test('lines are found by words and fields in parts with and without the index, and in both', LIMIT, async () => {
  const ways = ['text', 'bloom', 'none'] as const;
  for (const first of ways) {
    for (const second of ways) {
      await applyLogIndex(store, TelemetryConfig.parse({ logs: { index: first } }));
      await write(HELLO.join());
      await assertFound([1], first);
      await applyLogIndex(store, TelemetryConfig.parse({ logs: { index: second } }));
      await assertFound([1], `${first}, now ${second}`);
      await write(OTHER.join());
      await assertFound([1, 2], `${first} and ${second}`);
      await store.command('OPTIMIZE TABLE logs FINAL');
      await assertFound([1, 2], `${first} and ${second}, merged`);
      await store.command('TRUNCATE TABLE logs');
    }
  }
});

test('statements for words are answered by the index', LIMIT, async () => {
  await applyLogIndex(store, TelemetryConfig.parse({}));
  await write(HELLO.join());
  const plan = await store.rows(
    `EXPLAIN indexes = 1 SELECT count() FROM logs WHERE ${hasTerms('nowhere', '4f1c2e3a9b77')}`,
  );
  assert.match(JSON.stringify(plan), /Name: ix_pieces.*Granules: 0\/1/);
});

test('indexes are those that are configured, older ones go', LIMIT, async () => {
  await store.command(`ALTER TABLE logs ADD INDEX ix_body body TYPE text(tokenizer = 'splitByNonAlpha')`);
  for (const [index, names] of [
    ['bloom', ['ix_pairs', 'ix_sev', 'ix_trace', 'ix_ts', 'ix_words_bloom']],
    ['none', ['ix_sev', 'ix_trace', 'ix_ts']],
    ['text', ['ix_pieces', 'ix_sev', 'ix_trace', 'ix_ts']],
  ] as const) {
    await applyLogIndex(store, TelemetryConfig.parse({ logs: { index } }));
    assert.deepEqual(await indexes(), names);
  }
});

test('ids are cut the same here and in the engine', LIMIT, async () => {
  const words = [
    ...[
      '4f1c2e3a9b77',
      '12345678',
      'abcdefg1',
      'a1b2c3d4',
      '1234',
      '1234567',
      'server2019',
      '2019server',
      'caféß1234567',
    ],
    ...[
      'é12345678',
      '12345678é',
      '12é345678901',
      '\u{e002}12345678',
      '1234\u{e002}',
      '\u{e000}b77',
      '\u{e001}12345678',
    ],
    'z'.repeat(40) + '1234',
  ];
  const rows = await store.rows<{ terms: string[] }>(
    `SELECT tokens(${LOG_TERMS}) AS terms FROM (SELECT arrayJoin(['${words.join("','")}']) AS body,
       map()::Map(String, String) AS attrs, map()::Map(String, String) AS resource)`,
  );
  assert.deepEqual(
    rows.map(({ terms }) => terms),
    words.map(termsOf),
  );
  assert.deepEqual(termsOf('4f1c2e3a9b77'), ['\u{e001}3a9', '\u{e000}b77']);
  assert.deepEqual(words.filter(isIdWord), [
    ...['4f1c2e3a9b77', '12345678', 'a1b2c3d4', 'server2019', '2019server', 'é12345678', '12345678é', '12é345678901'],
    ...['\u{e002}12345678', '\u{e001}12345678', words.at(-1)],
  ]);
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
  await write(rows.map((row, i) => `(now64(6), ${i}, ${row}, 'm', {}, {})`).join(','));
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
