import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type CollectorBench, collectorBench } from '#test/peers/collector-bench.ts';
import { startTdsReplay, type TdsRows, type TdsScript } from '#test/peers/tds-replay.ts';
import mssql from './index.ts';

const DATA = join(import.meta.dirname, '../../../../../shared/data/fixtures/mssql');
const SKIP = { skip: existsSync(DATA) ? false : 'no ../shared/data' };
const PASSWORD = 'horse';

const recorded = (file: string): TdsRows => JSON.parse(readFileSync(join(DATA, file), 'utf8')) as TdsRows;

/** Recordings by a word of the statement that asks for them. */
const FILES: Readonly<Record<string, string>> = {
  dm_os_performance_counters: 'perfCounterQueryData.txt',
  dm_io_virtual_file_stats: 'database_io_scraped_data.txt',
  dm_os_sys_info: 'propertyQueryData.txt',
  dm_os_wait_stats: 'waitStatsQueryData.txt',
};

const replay = (sql: string): TdsRows | undefined => {
  const [, file] = Object.entries(FILES).find(([word]) => sql.includes(word)) ?? [];
  return file === undefined ? undefined : recorded(file);
};

async function open(t: TestContext, answer: TdsScript['answer'], password = PASSWORD): Promise<CollectorBench> {
  const server = await startTdsReplay({ password: PASSWORD, answer });
  const bench = collectorBench(
    mssql,
    { address: `127.0.0.1:${server.port}`, username: 'nocmate', password: 'env:P', tls: false },
    { 'env:P': password },
  );
  t.after(async () => {
    await bench.close();
    server.close();
  });
  return bench;
}

test('recorded rows of SQL Server 2022 over TDS: all values equal', SKIP, async (t) => {
  const bench = await open(t, replay);
  const collection = await bench.collect();
  assert.deepEqual(collection.problems, []);
  const valueOf = (metric: string, labels = {}) => bench.valueOf(collection, `sqlserver_${metric}`, labels);
  assert.equal(valueOf('batch_requests_total'), 3_375);
  assert.equal(valueOf('index_searches_total'), 1_619_118);
  assert.equal(valueOf('page_life_expectancy_seconds'), 433_208);
  assert.equal(valueOf('memory_target_bytes'), 4_588_888 * 1_024);
  assert.equal(valueOf('page_operations_total', { type: 'write' }), 1_114);
  assert.equal(valueOf('page_buffer_cache_hit_ratio'), 1);
  assert.equal(valueOf('info', { sql_version: '16.0.4105.2' }), 1);
  assert.equal(valueOf('database_count', { database_status: 'online' }), 4);
  for (const row of recorded(FILES['dm_io_virtual_file_stats'] ?? '')) {
    const labels = { database: row['database_name'], file: row['logical_filename'], direction: 'read' };
    assert.equal(valueOf('database_io_bytes_total', labels), Number(row['read_bytes']), JSON.stringify(labels));
    assert.equal(valueOf('database_operations_total', labels), Number(row['reads']));
  }
  for (const { wait_type, wait_time_ms } of recorded(FILES['dm_os_wait_stats'] ?? ''))
    assert.equal(valueOf('os_wait_duration_seconds_total', { wait_type }), Number(wait_time_ms) / 1_000, wait_type);
  assert.equal((await bench.collect()).values.length, collection.values.length, 'on the same connection');
});

test('a wrong password is a typed error; a view that cannot be read is a problem of its own', SKIP, async (t) => {
  await assert.rejects((await open(t, replay, 'cow')).collect(), { kind: 'auth', message: /Login failed/ });
  const bench = await open(t, (sql) => (sql.includes('dm_os_wait_stats') ? undefined : replay(sql)));
  const { values, problems } = await bench.collect();
  assert.deepEqual(
    problems?.map(({ part }) => part),
    ['waits'],
  );
  assert.ok(values.length > 50);
});

test('a server that does not answer is given up at the deadline, and asked on a new connection', SKIP, async (t) => {
  let isMute = true;
  const bench = await open(t, (sql) => (isMute ? 'silence' : replay(sql)));
  await assert.rejects(bench.collect(300));
  isMute = false;
  assert.ok((await bench.collect()).values.length > 50);
});
