import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;
const FROM_ZERO = { min: 0 } as const;

/** Rate of a counter of one series. */
const rate = (metric: string, legend = '') => rateBy(metric, 'instance', legend);

/** One MySQL or MariaDB server. */
export const mysqlDashboard: Dashboard = Dashboard.parse({
  title: 'MySQL',
  description: 'One MySQL or MariaDB server: statements, connections, InnoDB, replication.',
  tags: ['mysql', 'mariadb', 'database'],
  variables: [instanceVariable('mysql_uptime_seconds_total')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Statements per second', '', rate('mysql_query_client_count_total')),
        stat('Connections', '', { text: 'mysql_threads{instance="$instance",kind="connected"}' }),
        stat('Slow statements per second', '', rate('mysql_query_slow_count_total')),
        stat('Oldest statement', 'seconds', plain('mysql_query_longest_seconds')),
      ],
    },
    {
      height: 8,
      panels: [
        chart(
          'Statements per second by kind',
          '',
          [rateBy('mysql_commands_total', 'command', '{{command}}')],
          FROM_ZERO,
        ),
        chart('Threads', '', [plain('mysql_threads', '{{kind}}'), plain('mysql_connection_limit', 'limit')], FROM_ZERO),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Slow statements', '', [rate('mysql_query_slow_count_total', 'slow')], FROM_ZERO),
        chart('Joins and scans per second', '', [rateBy('mysql_selects_total', 'kind', '{{kind}}')], FROM_ZERO),
        chart('Temporary tables and files per second', '', [
          rateBy('mysql_tmp_resources_total', 'resource', '{{resource}}'),
        ]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Buffer pool', 'bytes', [
          plain('mysql_buffer_pool_usage_bytes', '{{status}}'),
          plain('mysql_buffer_pool_limit_bytes', 'size'),
        ]),
        chart('Buffer pool: operations per second', '', [
          rateBy('mysql_buffer_pool_operations_total', 'operation', '{{operation}}'),
        ]),
        chart('InnoDB: bytes per second', 'bytes_per_second', [
          rateBy('mysql_io_bytes_total', 'direction', '{{direction}}'),
          rate('mysql_log_written_bytes_total', 'redo log'),
        ]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Row locks', '', [
          rate('mysql_row_locks_total', 'waits per second'),
          rate('mysql_deadlocks_total', 'deadlocks per second'),
          plain('mysql_row_lock_waits', 'waiting now'),
        ]),
        chart('History list', '', [plain('mysql_history_list_length', 'versions to purge')], FROM_ZERO),
        chart('Failed connections per second', '', [rateBy('mysql_connection_errors_total', 'error', '{{error}}')]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Statements with the most time, seconds per second', '', [
          rateBy('mysql_statement_event_wait_time_seconds_total', 'statement', '{{statement}}'),
        ]),
        chart('Behind the source', 'seconds', [
          plain('mysql_replica_time_behind_source_seconds', '{{source}} {{channel}}'),
        ]),
        chart('Network', 'bytes_per_second', [rateBy('mysql_client_network_io_bytes_total', 'kind', '{{kind}}')]),
      ],
    },
  ]),
});
