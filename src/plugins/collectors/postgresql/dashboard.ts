import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;
const FROM_ZERO = { min: 0 } as const;

/** A gauge of several series as one. */
const combined = (how: 'sum' | 'max', metric: string) => ({
  text: `${how} by (instance) (${metric}{instance="$instance"})`,
});

/** One PostgreSQL server. */
export const postgresqlDashboard: Dashboard = Dashboard.parse({
  title: 'PostgreSQL',
  description: 'One PostgreSQL server: activity, databases, locks, replication, WAL, tables and statements.',
  tags: ['postgresql', 'database'],
  variables: [instanceVariable('postgresql_connection_max')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Commits per second', '', rateBy('postgresql_commits_total', 'instance', '')),
        stat('Connections', '', combined('sum', 'postgresql_backends')),
        stat('Oldest transaction', 'seconds', combined('max', 'postgresql_transaction_longest_seconds')),
        stat('Size', 'bytes', combined('sum', 'postgresql_db_size_bytes')),
      ],
    },
    {
      height: 8,
      panels: [
        chart(
          'Transactions per second',
          '',
          [
            rateBy('postgresql_commits_total', 'database', '{{database}}'),
            rateBy('postgresql_rollbacks_total', 'database', '{{database}} rolled back'),
          ],
          FROM_ZERO,
        ),
        chart('Connections by state', '', [
          { text: 'sum by (state) (postgresql_backends{instance="$instance"})', legend: '{{state}}' },
          plain('postgresql_connection_max', 'limit'),
        ]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Rows per second', '', [rateBy('postgresql_rows_total', 'operation', '{{operation}}')], FROM_ZERO),
        chart('Blocks per second', '', [
          rateBy('postgresql_blocks_hit_total', 'instance', 'from buffers'),
          rateBy('postgresql_blocks_read_total', 'instance', 'from outside'),
        ]),
        chart('Locks that are waited for', '', [
          { text: 'sum by (mode) (postgresql_locks{instance="$instance",granted="false"})', legend: '{{mode}}' },
          rateBy('postgresql_deadlocks_total', 'instance', 'deadlocks per second'),
        ]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Waits', '', [plain('postgresql_backends_waiting', '{{database}} {{wait}}')], FROM_ZERO),
        chart('Oldest transaction and statement', 'seconds', [
          plain('postgresql_transaction_longest_seconds', '{{database}} transaction'),
          plain('postgresql_query_longest_seconds', '{{database}} statement'),
        ]),
        chart('WAL', 'bytes_per_second', [rateBy('postgresql_wal_written_bytes_total', 'instance', 'written')]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Checkpoints per second', '', [rateBy('postgresql_checkpoints_total', 'reason', '{{reason}}')]),
        chart('Buffers written per second', '', [rateBy('postgresql_buffers_written_total', 'writer', '{{writer}}')]),
        chart('Delay of standbys', 'bytes', [plain('postgresql_replica_delay_bytes', '{{application}} {{step}}')]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Statements with the most time, seconds per second', '', [
          rateBy('postgresql_statement_time_seconds_total', 'statement', '{{statement}}'),
        ]),
        chart('Size of databases', 'bytes', [plain('postgresql_db_size_bytes', '{{database}}')], FROM_ZERO),
        chart('Space in tables that is not needed', 'bytes', [
          plain('postgresql_table_bloat_bytes', '{{schema}}.{{table}}'),
        ]),
      ],
    },
  ]),
});
