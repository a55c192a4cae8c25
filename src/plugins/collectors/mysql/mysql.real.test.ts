import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { mariadbCli, noMariadb, startMariadb } from '#test/peers/mariadb.ts';
import type { Peer } from '#test/peers/peer.ts';
import mysql from './index.ts';

const SKIP = { skip: noMariadb };
const ROOT = { username: 'root' };

/** What the server itself says. */
async function told(peer: Peer, name: string): Promise<number> {
  return Number((await mariadbCli(peer, `SHOW GLOBAL STATUS LIKE '${name}'`)).split('\t')[1]);
}

test('values agree with the client of the server after a known load', SKIP, async (t) => {
  const peer = await startMariadb(['--performance-schema=ON', '--long-query-time=1', '--max-connections=33']);
  t.after(() => peer.remove());
  const bench = collectorBench(mysql, { address: peer.address, ...ROOT });
  t.after(() => bench.close());
  const first = await bench.collect();
  await mariadbCli(peer, 'CREATE DATABASE shop');
  await mariadbCli(peer, 'CREATE TABLE shop.items (ean int)');
  for (let i = 0; i < 5; i++) await mariadbCli(peer, `INSERT INTO shop.items VALUES (${i})`);
  for (let i = 0; i < 3; i++) await mariadbCli(peer, `SELECT ean FROM shop.items WHERE ean = ${i}`);
  await mariadbCli(peer, 'SELECT SLEEP(1.1)');
  const second = await bench.collect();
  const grown = (metric: string, labels?: Record<string, string>): number =>
    (bench.valueOf(second, metric, labels) ?? Number.NaN) - (bench.valueOf(first, metric, labels) ?? 0);
  assert.deepEqual(second.problems, []);
  assert.equal(grown('mysql_commands_total', { command: 'insert' }), 5);
  assert.ok(grown('mysql_query_slow_count_total') >= 1);
  assert.equal(bench.valueOf(second, 'mysql_query_slow_count_total'), await told(peer, 'Slow_queries'));
  assert.equal(grown('mysql_connection_count_total'), 11, 'the collector keeps its own connection');
  const text = 'SELECT `ean` FROM `shop` . `items` WHERE `ean` = ?';
  const statement = second.values.find(({ labels }) => labels?.['statement'] === text);
  assert.ok(statement !== undefined, 'the statement has series');
  const digest = { digest: statement.labels?.['digest'] ?? '' };
  assert.equal(bench.valueOf(second, 'mysql_statement_event_count_total', digest), 3);
  assert.equal(bench.valueOf(second, 'mysql_statement_event_rows_sent_total', digest), 3);
  assert.equal(bench.valueOf(second, 'mysql_statement_event_rows_examined_total', digest), 15);
  assert.equal(bench.valueOf(second, 'mysql_connection_limit'), 33);
  assert.equal(bench.valueOf(second, 'mysql_threads', { kind: 'connected' }), 1);
  assert.equal(bench.valueOf(second, 'mysql_buffer_pool_limit_bytes'), 32 * 2 ** 20);
  const pages = { kind: 'total' };
  assert.equal(
    bench.valueOf(second, 'mysql_buffer_pool_pages', pages),
    await told(peer, 'Innodb_buffer_pool_pages_total'),
  );
  assert.equal(bench.valueOf(second, 'mysql_connection_used_maximum'), await told(peer, 'Max_used_connections'));
});

test('the oldest statement is told, and 0 when there is none', SKIP, async (t) => {
  const peer = await startMariadb();
  t.after(() => peer.remove());
  const bench = collectorBench(mysql, { address: peer.address, ...ROOT });
  t.after(() => bench.close());
  assert.equal(bench.valueOf(await bench.collect(), 'mysql_query_longest_seconds'), 0);
  const sleeper = mariadbCli(peer, 'SELECT SLEEP(30)').catch(() => undefined);
  let longest = 0;
  while (longest < 1) longest = bench.valueOf(await bench.collect(), 'mysql_query_longest_seconds') ?? 0;
  const id = await mariadbCli(peer, "SELECT id FROM information_schema.processlist WHERE info = 'SELECT SLEEP(30)'");
  await mariadbCli(peer, `KILL ${id}`);
  await sleeper;
});

test('a restart moves the start, and the connection comes back by itself', SKIP, async (t) => {
  const peer = await startMariadb();
  t.after(() => peer.remove());
  const bench = collectorBench(mysql, { address: peer.address, ...ROOT });
  t.after(() => bench.close());
  const first = await bench.collect();
  assert.ok(Math.abs((first.startedAt ?? 0) - Date.now()) < 60_000);
  await peer.stop();
  await assert.rejects(bench.collect(), { name: 'CollectError', kind: 'unreachable' });
  await peer.start();
  const second = await bench.collect();
  const queries = (collection: typeof first): number => bench.valueOf(collection, 'mysql_query_count_total') ?? 0;
  assert.ok(queries(second) < queries(first) + 50);
  assert.ok((second.startedAt ?? 0) > (first.startedAt ?? 0));
});

test('a user who may look is enough; others get what they may, and the reason', SKIP, async (t) => {
  const peer = await startMariadb(['--performance-schema=ON']);
  t.after(() => peer.remove());
  const grants = 'GRANT PROCESS, SLAVE MONITOR ON *.* TO looks; GRANT SELECT ON performance_schema.* TO looks';
  await mariadbCli(peer, `CREATE USER looks IDENTIFIED BY 'right horse'; ${grants}; CREATE USER poor`);
  const collectAs = (username: string, password?: string) => {
    const options = { address: peer.address, username, ...(password === undefined ? {} : { password: 'env:P' }) };
    const bench = collectorBench(mysql, options, { 'env:P': password ?? '' });
    t.after(() => bench.close());
    return bench.collect();
  };
  assert.deepEqual((await collectAs('looks', 'right horse')).problems, []);
  const poor = await collectAs('poor');
  assert.deepEqual(
    poor.problems?.map(({ part }) => part),
    ['replication', 'statements'],
  );
  assert.ok(poor.values.length > 100);
  await assert.rejects(collectAs('looks', 'wrong horse'), { kind: 'auth', message: /Access denied/ });
  await assert.rejects(collectAs('looks'), { kind: 'auth' });
});

test('a replica tells what it is, and how it ends', SKIP, async (t) => {
  const source = await startMariadb(['--log-bin=b', '--server-id=1']);
  t.after(() => source.remove());
  const replica = await startMariadb(['--server-id=2']);
  t.after(() => replica.remove());
  await mariadbCli(source, "CREATE USER rep IDENTIFIED BY 'x'; GRANT REPLICATION SLAVE ON *.* TO rep");
  const login = `MASTER_HOST = '127.0.0.1', MASTER_PORT = ${source.port}, MASTER_USER = 'rep', MASTER_PASSWORD = 'x'`;
  await mariadbCli(replica, `CHANGE MASTER TO ${login}; START SLAVE`);
  const bench = collectorBench(mysql, { address: replica.address, ...ROOT });
  t.after(() => bench.close());
  const stateOf = async (thread: string): Promise<string | undefined> =>
    (await bench.collect()).states?.find(({ labels }) => labels?.['thread'] === thread)?.state;
  while ((await stateOf('io')) !== 'running');
  assert.equal(await stateOf('sql'), 'running');
  assert.equal(bench.valueOf(await bench.collect(), 'mysql_replica_time_behind_source_seconds'), 0);
  await mariadbCli(replica, 'STOP SLAVE SQL_THREAD');
  const stopped = await bench.collect();
  assert.equal(await stateOf('sql'), 'stopped');
  assert.equal(bench.valueOf(stopped, 'mysql_replica_time_behind_source_seconds'), undefined, 'unknown is not 0');
});
