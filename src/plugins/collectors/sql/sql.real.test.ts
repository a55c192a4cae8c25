import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { mariadbCli, noMariadb, startMariadb } from '#test/peers/mariadb.ts';
import { noPsql, psql, startPostgres } from '#test/peers/postgres.ts';
import { openContext } from '#work/context/open-context.ts';
import { SqlConfig } from './config.ts';
import sql from './index.ts';

const ORDERS = [
  'CREATE TABLE orders (region varchar(9), amount numeric(12,2), placed timestamp NULL)',
  "INSERT INTO orders VALUES ('eu', 3.5, '2026-01-02 10:00:00'), ('eu', 4, '2026-01-02 12:00:00'), ('us', 1, NULL)",
];
const BY_REGION =
  'SELECT region, count(*) AS n, sum(amount) AS amount, max(placed) AS last FROM orders WHERE amount > ';
const MAPPING = {
  ...{ name: 'orders', valueColumns: ['n'], counterColumns: ['amount'], labelColumns: ['region'], timeColumn: 'last' },
  ...{ parameters: ['0.5'], freshFor: '1h' },
};

type Options = Readonly<Record<string, unknown>>;

/** The same of every database. */
async function assertOrders(t: TestContext, options: Options): Promise<void> {
  const placeholder = options['database'] === 'postgresql' ? '$1' : '?';
  const bench = collectorBench(
    sql,
    { ...MAPPING, query: `${BY_REGION}${placeholder} GROUP BY region`, ...options },
    SECRETS,
  );
  t.after(() => bench.close());
  const collection = await bench.collect();
  assert.deepEqual(collection.problems, []);
  assert.equal(bench.valueOf(collection, 'orders_n', { region: 'eu' }), 2);
  assert.equal(bench.valueOf(collection, 'orders_amount_total', { region: 'eu' }), 7.5);
  assert.equal(bench.valueOf(collection, 'orders_n', { region: 'us' }), 1);
  const age = bench.valueOf(collection, 'orders_last_age_seconds', { region: 'eu' }) ?? 0;
  assert.ok(Math.abs(Date.now() / 1_000 - age - Date.UTC(2026, 0, 2, 12) / 1_000) < 60, 'times are UTC');
  assert.equal(bench.valueOf(collection, 'orders_last_age_seconds', { region: 'us' }), undefined, 'NULL is no value');
  assert.equal(bench.valueOf(collection, 'sql_fresh'), 0);
  assert.equal(bench.valueOf(collection, 'sql_rows'), 2);
  assert.deepEqual(collection.table?.columns, ['region', 'n', 'amount', 'last']);
}

const SECRETS = { 'env:P': 'right horse' };

/** Runs a query that is at fault; what came of it. */
function collectOnce(t: TestContext, options: Options) {
  const bench = collectorBench(sql, { name: 'q', ...options }, SECRETS);
  t.after(() => bench.close());
  return bench.collect();
}

async function shopFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-sqlite-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'shop.db');
  const database = new DatabaseSync(file);
  for (const text of ORDERS) database.exec(text);
  database.close();
  return file;
}

test('rows of PostgreSQL become series', { skip: noPsql }, async (t) => {
  const peer = await startPostgres();
  t.after(() => peer.remove());
  for (const text of ORDERS) await psql(peer, text);
  const login = { database: 'postgresql', address: peer.address, username: 'postgres', password: 'env:P' };
  await assertOrders(t, login);
  const wrong = collectOnce(t, { ...login, query: 'SELECT * FROM nothing' });
  await assert.rejects(wrong, { kind: 'answer', message: /relation "nothing" does not exist/ });
  await assert.rejects(collectOnce(t, { ...login, query: 'DROP TABLE orders' }), { kind: 'answer', message: /DROP/ });
  const hidden = 'WITH gone AS (DELETE FROM orders RETURNING 1) SELECT count(*) FROM gone';
  await assert.rejects(collectOnce(t, { ...login, query: hidden }), { kind: 'answer', message: /read-only/ });
  const { password: _, ...open } = login;
  await assert.rejects(collectOnce(t, { ...open, query: 'SELECT 1' }), { kind: 'auth' });
  assert.equal(await psql(peer, 'SELECT count(*) FROM orders'), '3');
});

test('rows of MariaDB become series', { skip: noMariadb }, async (t) => {
  const peer = await startMariadb(['--default-time-zone=+05:00']);
  t.after(() => peer.remove());
  await mariadbCli(peer, `CREATE DATABASE shop; USE shop; SET time_zone = '+00:00'; ${ORDERS.join('; ')}`);
  const login = { database: 'mysql', address: peer.address, username: 'root', schema: 'shop' };
  await assertOrders(t, login);
  const column = collectOnce(t, { ...login, query: 'SELECT 1 AS a', valueColumns: ['b'] });
  await assert.rejects(column, { kind: 'answer', message: 'the answer has no column b; it has a' });
  const cut = await collectOnce(t, {
    ...login,
    query: 'SELECT seq FROM seq_1_to_1000000',
    maxRows: 4,
    valueColumns: ['seq'],
  });
  assert.match(cut.problems?.[0]?.message ?? '', /more than 4 rows/);
  const two = collectOnce(t, { ...login, query: 'SELECT 1; DROP TABLE orders' });
  await assert.rejects(two, { kind: 'answer', message: /syntax/ });
  assert.equal(await mariadbCli(peer, 'SELECT count(*) FROM shop.orders'), '3');
});

test('rows of SQLite become series, and a query that never ends holds nothing up', async (t) => {
  const file = await shopFile(t);
  await assertOrders(t, { database: 'sqlite', file });
  const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS n FROM n';
  let turns = 0;
  const ticking = setInterval(() => turns++, 1);
  const limited = collectOnce(t, { database: 'sqlite', file, query: endless, statementTimeout: '300ms' });
  await assert.rejects(limited, { kind: 'answer', message: /took longer than 300 ms/ });
  clearInterval(ticking);
  assert.ok(turns > 10, `the loop went on ${turns} times`);
  const missing = collectOnce(t, { database: 'sqlite', file: `${file}.none`, query: 'SELECT 1' });
  await assert.rejects(missing, { kind: 'unreachable' });
  const text = collectOnce(t, { database: 'sqlite', file: import.meta.filename, query: 'SELECT * FROM a' });
  await assert.rejects(text, { kind: 'protocol' });
});

test('a query of the page reads no file of this machine', async (t) => {
  const file = await shopFile(t);
  const { context, close } = openContext({ resolve: async () => '' }, false);
  t.after(close);
  const config = SqlConfig.parse({ name: 'q', database: 'sqlite', file, query: 'SELECT 1' });
  const collect = sql.start(config, context).collect({ signal: AbortSignal.timeout(10_000), scheduledAt: 0 });
  await assert.rejects(collect, { kind: 'forbidden', message: /nocmate.yaml/ });
});

test('options that cannot be meant are refused by name', () => {
  const query = { name: 'q', query: 'SELECT 1' };
  for (const [options, message] of [
    [{ ...query, name: 'Bad Name' }, /lower-case letters/],
    [{ ...query, database: 'sqlite' }, /file of the database/],
    [{ ...query, address: 'a:b:c' }, /host or host:port/],
    [{ ...query, freshFor: '1m' }, /freshFor is of this column/],
    [{ ...query, valueColumns: ['n'], labelColumns: ['n'] }, /stands twice/],
    [{ ...query, password: 'secret' }, /write env:NAME/],
  ] as const) {
    assert.match(String(SqlConfig.safeParse(options).error), message);
  }
});
