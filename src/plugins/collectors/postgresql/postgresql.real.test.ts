import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Collection } from '#core/plugin/collector.ts';
import { collectorBench } from '#test/peers/collector-bench.ts';
import type { Peer } from '#test/peers/peer.ts';
import { noPostgres15, noPsql, psql, startPostgres, startStandby } from '#test/peers/postgres.ts';
import postgresql from './index.ts';

const PASSWORD = 'right horse';

function benchOf(t: TestContext, peer: Peer, options: Readonly<Record<string, unknown>> = {}, password = PASSWORD) {
  const all = { address: peer.address, username: 'postgres', password: 'env:P', ...options };
  const bench = collectorBench(postgresql, all, { 'env:P': password });
  t.after(() => bench.close());
  return bench;
}

for (const version of [15, 18] as const) {
  const skip = noPsql !== false ? noPsql : version === 15 ? noPostgres15 : false;
  test(`PostgreSQL ${version}: values agree with psql after a known load`, { skip }, async (t) => {
    const peer = await startPostgres(['shared_preload_libraries=pg_stat_statements'], version);
    t.after(() => peer.remove());
    await psql(peer, 'CREATE EXTENSION pg_stat_statements');
    await psql(peer, "CREATE ROLE app LOGIN SUPERUSER PASSWORD 'right horse'");
    await psql(peer, 'CREATE TABLE items (id int PRIMARY KEY, name text) WITH (autovacuum_enabled = off)');
    const bench = benchOf(t, peer);
    const first = await bench.collect();
    assert.deepEqual(first.problems, []);
    await psql(peer, "INSERT INTO items SELECT n, repeat('x', 500) FROM generate_series(1, 5000) n");
    const asApp = `SET ROLE app; SELECT count(*) FROM items WHERE id > 7;`;
    for (let i = 0; i < 3; i++) await psql(peer, asApp);
    await psql(peer, 'BEGIN; DELETE FROM items WHERE id % 2 = 0; COMMIT');
    await assert.rejects(psql(peer, 'SELECT 1 / 0'));
    const second = await bench.collect();
    const grown = (metric: string, labels: Record<string, string> = {}): number =>
      (bench.valueOf(second, metric, labels) ?? Number.NaN) - (bench.valueOf(first, metric, labels) ?? 0);
    const database = { database: 'postgres' };
    assert.equal(grown('postgresql_rows_total', { ...database, operation: 'inserted' }), 5_000);
    assert.equal(grown('postgresql_rows_total', { ...database, operation: 'deleted' }), 2_500);
    assert.equal(grown('postgresql_rollbacks_total', database), 1);
    const statement = { role: 'app', statement: 'SELECT count(*) FROM items WHERE id > $1' };
    assert.equal(bench.valueOf(second, 'postgresql_statement_calls_total', statement), 3);
    assert.equal(bench.valueOf(second, 'postgresql_connection_max'), 20);
    const replication = second.states?.find(({ metric }) => metric === 'postgresql_replication_role');
    assert.equal(replication?.state, 'primary');
    const told = Number(await psql(peer, "SELECT age(datfrozenxid) FROM pg_database WHERE datname = 'postgres'"));
    const seen = bench.valueOf(second, 'postgresql_xid_age', database) ?? 0;
    assert.ok(told - seen >= 0 && told - seen < 20, `${seen} and then ${told}`);
  });
}

test('tables: the estimate of bloat finds what was deleted, and a locked table holds nothing up', {
  skip: noPsql,
}, async (t) => {
  const peer = await startPostgres();
  t.after(() => peer.remove());
  await psql(peer, 'CREATE TABLE items (id int, name text) WITH (autovacuum_enabled = off)');
  await psql(peer, "INSERT INTO items SELECT n, repeat('x', 500) FROM generate_series(1, 5000) n");
  await psql(peer, 'ANALYZE items');
  const table = { schema: 'public', table: 'items' };
  const bench = benchOf(t, peer);
  const full = await bench.collect();
  const size = bench.valueOf(full, 'postgresql_table_size_bytes', table) ?? 0;
  assert.equal(size, Number(await psql(peer, "SELECT pg_total_relation_size('items')")));
  assert.ok((bench.valueOf(full, 'postgresql_table_bloat_bytes', table) ?? size) < size * 0.1);
  await psql(peer, 'DELETE FROM items WHERE id % 2 = 0');
  await psql(peer, 'ANALYZE items');
  const later = benchOf(t, peer);
  const half = await later.collect();
  const bloat = later.valueOf(half, 'postgresql_table_bloat_bytes', table) ?? 0;
  assert.ok(bloat > size * 0.4 && bloat < size * 0.6, `${bloat} of ${size}`);
  assert.equal(later.valueOf(half, 'postgresql_table_rows', { ...table, state: 'dead' }), 2_500);
  const holder = psql(peer, 'BEGIN; LOCK TABLE items; SELECT pg_sleep(60)').catch(() => undefined);
  while ((await psql(peer, "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted")) === '0');
  const locked = benchOf(t, peer);
  const during = await locked.collect();
  assert.deepEqual(during.problems, []);
  assert.equal(locked.valueOf(during, 'postgresql_table_size_bytes', table), undefined);
  assert.equal(locked.valueOf(during, 'postgresql_table_rows', { ...table, state: 'dead' }), 2_500);
  await psql(
    peer,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()",
  );
  await holder;
});

test('activity: who waits for whom, and for how long', { skip: noPsql }, async (t) => {
  const peer = await startPostgres();
  t.after(() => peer.remove());
  await psql(peer, 'CREATE TABLE items (id int)');
  const bench = benchOf(t, peer);
  const holder = psql(peer, 'BEGIN; LOCK TABLE items; SELECT pg_sleep(60)').catch(() => undefined);
  while ((await psql(peer, "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted")) === '0');
  const waiter = psql(peer, 'SELECT * FROM items').catch(() => undefined);
  const waiting = { database: 'postgres', granted: 'false' };
  let seen: Collection;
  do seen = await bench.collect();
  while (bench.valueOf(seen, 'postgresql_locks', waiting) === undefined);
  assert.equal(bench.valueOf(seen, 'postgresql_locks', waiting), 1);
  assert.equal(bench.valueOf(seen, 'postgresql_backends_waiting', { wait: 'lock' }), 1);
  assert.equal(bench.valueOf(seen, 'postgresql_backends', { state: 'active' }), 3, 'ours too');
  assert.ok((bench.valueOf(seen, 'postgresql_query_longest_seconds', { database: 'postgres' }) ?? 0) > 0);
  await psql(
    peer,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()",
  );
  await Promise.all([holder, waiter]);
});

test('a restart moves the start, a wrong login is typed, pg_monitor is enough', { skip: noPsql }, async (t) => {
  const peer = await startPostgres();
  t.after(() => peer.remove());
  await psql(peer, "CREATE ROLE looks LOGIN PASSWORD 'right horse'; GRANT pg_monitor TO looks");
  const bench = benchOf(t, peer, { username: 'looks' });
  const first = await bench.collect();
  assert.deepEqual(first.problems, []);
  assert.ok((bench.valueOf(first, 'postgresql_db_size_bytes', { database: 'postgres' }) ?? 0) > 1e6);
  await assert.rejects(benchOf(t, peer, {}, 'wrong horse').collect(), {
    kind: 'auth',
    message: /authentication failed/,
  });
  await assert.rejects(benchOf(t, peer, { database: 'nowhere' }).collect(), { kind: 'answer' });
  await peer.stop();
  await assert.rejects(bench.collect(), { name: 'CollectError', kind: 'unreachable' });
  await peer.start();
  const second = await bench.collect();
  assert.ok((second.startedAt ?? 0) > (first.startedAt ?? 0));
  const commits = (one: Collection): number =>
    bench.valueOf(one, 'postgresql_commits_total', { database: 'postgres' }) ?? 0;
  assert.ok(commits(second) - commits(first) < 100, 'no spike');
});

test('a primary and its standby tell of each other', { skip: noPsql !== false ? noPsql : noPostgres15 }, async (t) => {
  const primary = await startPostgres([], 15);
  t.after(() => primary.remove());
  const standby = await startStandby(primary);
  t.after(() => standby.remove());
  const [onPrimary, onStandby] = [benchOf(t, primary), benchOf(t, standby)];
  const replay = { step: 'replay' };
  let seen: Collection;
  do seen = await onPrimary.collect();
  while (onPrimary.valueOf(seen, 'postgresql_replica_delay_bytes', replay) !== 0);
  assert.equal(onPrimary.valueOf(seen, 'postgresql_replica_streaming', { client: '127.0.0.1' }), 1);
  const followed = await onStandby.collect();
  assert.equal(onStandby.valueOf(followed, 'postgresql_standby_delay_seconds'), 0);
  assert.equal(onStandby.valueOf(followed, 'postgresql_standby_receiver'), 1);
  assert.deepEqual(followed.problems, []);
  const role = followed.states?.find(({ metric }) => metric === 'postgresql_replication_role');
  assert.equal(role?.state, 'standby');
});
