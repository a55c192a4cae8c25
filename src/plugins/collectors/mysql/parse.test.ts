import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { SqlRows } from '#core/sql/sql-rows.ts';
import { parseReplication, parseVariables, readVariables } from './parse.ts';

const RECORDED = join(import.meta.dirname, '../../../../../shared/data/fixtures/gpl-netdata/mysql');
const SKIP = { skip: existsSync(RECORDED) ? false : 'the recordings are not here' };

/** An answer as the client `mysql` draws it. */
function drawn(path: string): SqlRows {
  const lines = readFileSync(join(RECORDED, path), 'utf8').split('\n');
  const cells = lines.filter((line) => line.startsWith('| ')).map((line) => line.slice(2, -2).split(' | '));
  const [columns = [], ...rows] = cells.map((row) => row.map((cell) => cell.trim()));
  return { columns, rows: rows.map((row) => row.map((cell) => (cell === 'NULL' ? null : cell))), isCut: false };
}

function stateOf(version: string) {
  const files = ['version.txt', 'global_variables.txt', 'global_status.txt'];
  const pairs = files.flatMap((file) => [...readVariables(drawn(join(version, file)))]);
  const { values, states } = parseVariables(new Map(pairs));
  return {
    states,
    valueOf: (metric: string, labels = {}) =>
      values.find((one) => one.metric === metric && Object.entries(labels).every(([k, v]) => one.labels?.[k] === v))
        ?.value,
  };
}

for (const [version, connections, states] of [
  ['mysql/v8.0.30', 151, []],
  ['percona/v8.0.29', 151, []],
  ['mariadb/v5.5.64', 100, []],
  ['mariadb/v10.8.4', 151, []],
  ['mariadb/v10.8.4-galera-cluster', 151, [{ metric: 'mysql_wsrep_cluster', state: 'primary' }]],
] as const) {
  test(`the state of ${version} is read`, SKIP, () => {
    const state = stateOf(version);
    assert.ok((state.valueOf('mysql_uptime_seconds_total') ?? 0) > 0);
    assert.equal(state.valueOf('mysql_connection_limit'), connections);
    assert.ok((state.valueOf('mysql_commands_total', { command: 'select' }) ?? -1) >= 0);
    assert.ok((state.valueOf('mysql_buffer_pool_pages', { kind: 'total' }) ?? 0) > 1_000);
    assert.ok((state.valueOf('mysql_row_operations_total', { operation: 'read' }) ?? -1) >= 0);
    assert.deepEqual(state.states ?? [], states);
  });
}

test('replicas of MySQL 8 and of MariaDB are read in their own words', SKIP, () => {
  for (const [path, channels] of [
    ['mysql/v8.0.30/replica_status_multi_source.txt', ['master1', 'master2']],
    ['mariadb/v10.8.4/all_slaves_status_multi_source.txt', ['Master1', 'Master2']],
  ] as const) {
    const { states = [], values } = parseReplication(drawn(path));
    assert.deepEqual([...new Set(states.map(({ labels }) => labels?.['channel']))], channels);
    assert.deepEqual([...new Set(states.map(({ state }) => state))], ['running']);
    const behind = values.filter(({ metric }) => metric === 'mysql_replica_time_behind_source_seconds');
    assert.deepEqual(
      behind.map(({ value }) => value),
      [0, 0],
    );
  }
});

test('an answer that is no state of a server is refused', () => {
  assert.throws(() => parseVariables(new Map([['a', 'b']])), { kind: 'protocol' });
});
