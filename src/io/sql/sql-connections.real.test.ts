import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, type TestContext, test } from 'node:test';
import { mariadbCli, noMariadb, startMariadb } from '#test/peers/mariadb.ts';
import { noPostgres15, startPostgres } from '#test/peers/postgres.ts';
import { openContext } from '#work/context/open-context.ts';
import { openSql, openSqlite, type SqlConnection, type SqlLogin, type SqlServer } from './index.ts';

const AT_ONCE = 300;
const soon = (): AbortSignal => AbortSignal.timeout(20_000);

/** A database of one of the kinds, with a table `items` of ids 1 to 5,000. */
type Subject = {
  readonly open: (statementTimeoutMs?: number) => Promise<SqlConnection>;
  /** Statements that run at the moment, which are not this question. */
  readonly running: () => Promise<number>;
};

type Kind = {
  readonly name: string;
  readonly skip: string | false;
  readonly start: (t: TestContext) => Promise<Subject>;
  readonly placeholder: string;
  /** Runs for a minute. */
  readonly slow: string;
  /** Each would change something. */
  readonly writes: readonly string[];
  readonly types: { readonly text: string; readonly cells: readonly (string | null)[] };
};

const ITEMS = 'CREATE TABLE items (id bigint PRIMARY KEY, name varchar(40))';

function serverSubject(t: TestContext, kind: SqlServer, login: Omit<SqlLogin, 'statementTimeoutMs'>) {
  const { context, close } = openContext({ resolve: async () => '' }, true);
  t.after(close);
  return (statementTimeoutMs = 60_000): Promise<SqlConnection> =>
    openSql(kind, { ...login, statementTimeoutMs }, { sockets: context.probe, signal: soon() });
}

async function startMysqlSubject(t: TestContext): Promise<Subject> {
  const peer = await startMariadb();
  t.after(() => peer.remove());
  const items = "INSERT INTO items SELECT seq, CONCAT('it''s ', seq) FROM seq_1_to_5000";
  await mariadbCli(peer, `CREATE DATABASE shop; USE shop; ${ITEMS}; ${items}`);
  const address = { host: '127.0.0.1', port: peer.port };
  const open = serverSubject(t, 'mysql', { address, username: 'root', password: '', database: 'shop', tls: false });
  const running =
    "SELECT COUNT(*) FROM information_schema.processlist WHERE command = 'Query' AND id <> CONNECTION_ID()";
  return { open, running: async () => Number(await mariadbCli(peer, running)) };
}

const startPostgresSubject =
  (version: 15 | 18) =>
  async (t: TestContext): Promise<Subject> => {
    const peer = await startPostgres([], version);
    t.after(() => peer.remove());
    const address = { host: '127.0.0.1', port: peer.port };
    const login = { address, username: 'postgres', password: 'right horse', database: 'postgres', tls: false };
    const open = serverSubject(t, 'postgresql', login);
    const writer = await open();
    await writer.query('SET default_transaction_read_only = off', { signal: soon() });
    await writer.query(ITEMS, { signal: soon() });
    const items = "INSERT INTO items SELECT n, 'it''s ' || n FROM generate_series(1, 5000) n";
    await writer.query(items, { signal: soon() });
    const running = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid()";
    const count = async (): Promise<number> => Number((await writer.query(running, { signal: soon() })).rows[0]?.[0]);
    return { open, running: count };
  };

async function startSqliteSubject(t: TestContext): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-sqlite-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'shop.db');
  const database = new DatabaseSync(path);
  const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)';
  database.exec(`${ITEMS}; INSERT INTO items ${numbers} SELECT i, 'it''s ' || i FROM n`);
  database.close();
  const open = async (statementTimeoutMs = 60_000): Promise<SqlConnection> => {
    const connection = openSqlite(path, statementTimeoutMs);
    t.after(() => connection.close());
    return connection;
  };
  return { open, running: async () => 0 };
}

const WRITES = [
  'INSERT INTO items VALUES (0, NULL)',
  'CREATE TABLE more (a int)',
  'DELETE FROM items',
  'DROP TABLE items',
];
const SETS_BACK = "SELECT set_config('transaction_read_only', 'off', false)";

const KINDS: readonly Kind[] = [
  {
    ...{ name: 'MariaDB', skip: noMariadb, start: startMysqlSubject, placeholder: '?', slow: 'SELECT SLEEP(60)' },
    writes: [...WRITES, 'SET SESSION TRANSACTION READ WRITE'],
    types: {
      text: "SELECT 18446744073709551615, CAST('12345678901234567890.0123456789' AS DECIMAL(30,10)), b'101' + 0, NULL, TIMESTAMP '2026-01-02 03:04:05.678'",
      cells: ['18446744073709551615', '12345678901234567890.0123456789', '5', null, '2026-01-02 03:04:05.678'],
    },
  },
  ...([15, 18] as const).map((version) => ({
    ...{
      name: `PostgreSQL ${version}`,
      skip: version === 15 ? noPostgres15 : false,
      start: startPostgresSubject(version),
    },
    ...{ placeholder: '$1', slow: 'SELECT pg_sleep(60)', writes: [...WRITES, SETS_BACK] },
    types: {
      text: "SELECT 9223372036854775807, 12345678901234567890.0123456789, true, NULL, timestamptz '2026-01-02 03:04:05.678+02'",
      cells: ['9223372036854775807', '12345678901234567890.0123456789', 't', null, '2026-01-02 01:04:05.678+00'],
    },
  })),
  {
    ...{ name: 'SQLite', skip: false, start: startSqliteSubject, placeholder: '?', writes: WRITES },
    slow: 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n',
    types: {
      text: "SELECT 9223372036854775807, 0.5, NULL, x'00ff'",
      cells: ['9223372036854775807', '0.5', null, '00ff'],
    },
  },
];

for (const { name, skip, start, placeholder, slow, writes, types } of KINDS) {
  describe(`a connection to ${name}`, { skip }, () => {
    test('gives rows as they are written, with parameters bound and a cap', async (t) => {
      const { open } = await start(t);
      const connection = await open();
      t.after(() => connection.close());
      const signal = soon();
      assert.deepEqual((await connection.query(types.text, { signal })).rows, [types.cells]);
      const text = `SELECT id, name FROM items WHERE name = ${placeholder}`;
      const found = await connection.query(text, { signal, parameters: ["it's 7"] });
      assert.deepEqual(found, { columns: ['id', 'name'], rows: [['7', "it's 7"]], isCut: false });
      const none = await connection.query(text, { signal, parameters: ["\\' OR 1=1 -- "] });
      assert.deepEqual(none, { columns: ['id', 'name'], rows: [], isCut: false });
      const all = await connection.query('SELECT id FROM items', { signal });
      assert.equal(all.rows.length, 5_000);
      const cut = await (await open()).query('SELECT id FROM items ORDER BY id', {
        signal,
        maxRows: 3,
        isForeign: true,
      });
      assert.deepEqual(cut, { columns: ['id'], rows: [['1'], ['2'], ['3']], isCut: true });
      const whole = await connection.query('SELECT id FROM items', { signal, maxRows: 5_000 });
      assert.equal(whole.isCut, false);
      assert.ok(connection.isOpen());
    });

    test('does not write, whatever it is told', async (t) => {
      const { open } = await start(t);
      const signal = soon();
      for (const isForeign of [true, false]) {
        for (const text of isForeign ? writes : WRITES) {
          const connection = await open();
          const told = connection.query(text, { signal, isForeign });
          if (text.startsWith('SET ')) await told;
          else await assert.rejects(told, { kind: 'answer' }, text);
          const after = connection.query('INSERT INTO items VALUES (0, NULL)', { signal, isForeign: true });
          await assert.rejects(after, { kind: 'answer' }, `after ${text}`);
          connection.close();
        }
      }
      const count = await (await open()).query('SELECT count(*) FROM items', { signal });
      assert.deepEqual(count.rows, [['5000']]);
    });

    test('ends a statement on the server when it is aborted, and at its own limit', async (t) => {
      const { open, running } = await start(t);
      const connection = await open();
      const reason = { name: 'TimeoutError' };
      await assert.rejects(connection.query(slow, { signal: AbortSignal.timeout(AT_ONCE), isForeign: true }), reason);
      assert.equal(connection.isOpen(), false);
      while ((await running()) > 0);
      const limited = await open(AT_ONCE);
      await assert.rejects(limited.query(slow, { signal: soon(), isForeign: true }), { kind: 'answer' });
      assert.equal(await running(), 0);
      const aborted = AbortSignal.abort(new Error('no more'));
      await assert.rejects((await open()).query('SELECT 1', { signal: aborted }), { message: 'no more' });
    });
  });
}
