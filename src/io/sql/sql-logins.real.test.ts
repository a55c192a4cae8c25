import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { mariadbCli, noMariadb, startMariadb } from '#test/peers/mariadb.ts';
import type { Peer } from '#test/peers/peer.ts';
import { startPostgres } from '#test/peers/postgres.ts';
import { openContext } from '#work/context/open-context.ts';
import { openSql, type SqlConnection, type SqlLogin, type SqlServer } from './index.ts';

const WRONG = 'wrong horse battery';

function loginsOf(t: TestContext, kind: SqlServer, peer: Peer) {
  const { context, close } = openContext({ resolve: async () => '' }, true);
  t.after(close);
  return (login: Partial<SqlLogin>): Promise<SqlConnection> => {
    const base = { address: { host: '127.0.0.1', port: peer.port }, username: 'ops', password: '', tls: false };
    const how = { sockets: context.probe, signal: AbortSignal.timeout(20_000) };
    return openSql(kind, { statementTimeoutMs: 5_000, ...base, ...login }, how);
  };
}

/** Rejected as a login, without a word of the password. */
async function assertRefused(attempt: Promise<unknown>): Promise<void> {
  await assert.rejects(attempt, (error: Error & { kind?: string }) => {
    assert.equal(error.kind, 'auth');
    assert.doesNotMatch(JSON.stringify([error.message, error]), /horse/);
    return true;
  });
}

test('MariaDB: a wrong login, a server that goes away, TLS where there is none', { skip: noMariadb }, async (t) => {
  const peer = await startMariadb();
  t.after(() => peer.remove());
  await mariadbCli(peer, "CREATE USER ops IDENTIFIED BY 'right horse'");
  const login = loginsOf(t, 'mysql', peer);
  await assertRefused(login({ password: WRONG }));
  await assertRefused(login({ password: '' }));
  await assertRefused(login({ username: 'nobody', password: WRONG }));
  await assert.rejects(login({ password: 'right horse', tls: true }), { kind: 'protocol' });
  const connection = await login({ password: 'right horse' });
  await peer.stop();
  const asked = connection.query('SELECT 1', { signal: AbortSignal.timeout(20_000) });
  await assert.rejects(asked, { kind: 'unreachable' });
  assert.equal(connection.isOpen(), false);
  await assert.rejects(login({ password: 'right horse' }), { kind: 'unreachable' });
});

test('PostgreSQL: the environment of the product lends nobody a login', async (t) => {
  const peer = await startPostgres();
  t.after(() => peer.remove());
  const lent = { PGPASSWORD: 'right horse', PGUSER: 'postgres', PGDATABASE: 'none', PGOPTIONS: '-c search_path=lent' };
  const more = { PGSSLMODE: 'require', PGSSLNEGOTIATION: 'direct', PGHOST: '/none', PGAPPNAME: 'lent' };
  const before = { ...process.env };
  Object.assign(process.env, lent, more);
  t.after(() => {
    for (const name of Object.keys({ ...lent, ...more })) delete process.env[name];
    Object.assign(process.env, before);
  });
  const login = loginsOf(t, 'postgresql', peer);
  await assertRefused(login({ username: 'postgres' }));
  await assertRefused(login({ username: 'postgres', password: WRONG }));
  await assertRefused(login({ username: 'nobody', password: 'right horse' }));
  const right = { username: 'postgres', password: 'right horse' };
  await assert.rejects(login({ ...right, tls: true }), { kind: 'protocol' });
  await assert.rejects(login({ ...right, database: 'nowhere' }), { kind: 'answer' });
  const connection = await login(right);
  const text = "SELECT current_database(), current_setting('search_path'), current_setting('application_name')";
  const { rows } = await connection.query(text, { signal: AbortSignal.timeout(20_000) });
  assert.deepEqual(rows, [['postgres', '"$user", public', 'nocmate']]);
  await peer.stop();
  const asked = connection.query('SELECT 1', { signal: AbortSignal.timeout(20_000) });
  await assert.rejects(asked, { kind: 'unreachable' });
});
