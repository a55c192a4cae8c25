import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;
const FROM_ZERO = { min: 0 };

/** One SQL Server. */
export const mssqlDashboard: Dashboard = Dashboard.parse({
  title: 'Microsoft SQL Server',
  description: 'One SQL Server: batches, connections, locks, memory, files, waits.',
  tags: ['mssql', 'database'],
  variables: [instanceVariable('sqlserver_batch_requests_total')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Batches per second', '', rateBy('sqlserver_batch_requests_total', 'instance', '')),
        stat('Connections', '', plain('sqlserver_user_connection_count')),
        stat('Blocked', '', plain('sqlserver_processes_blocked')),
        stat('Found in memory', 'ratio', plain('sqlserver_page_buffer_cache_hit_ratio')),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Batches and compilations per second', '', [
          rateBy('sqlserver_batch_requests_total', 'instance', 'batches'),
          rateBy('sqlserver_batch_sql_compilations_total', 'instance', 'compilations'),
        ]),
        chart('Transactions per second by database', '', [
          rateBy('sqlserver_transactions_total', 'database', '{{database}}'),
        ]),
        chart('Locks per second', '', [
          rateBy('sqlserver_lock_waits_total', 'instance', 'waits'),
          rateBy('sqlserver_lock_timeouts_total', 'instance', 'given up'),
          rateBy('sqlserver_deadlocks_total', 'instance', 'deadlocks'),
        ]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Memory', 'bytes', [
          plain('sqlserver_memory_usage_bytes', 'in use'),
          plain('sqlserver_memory_target_bytes', 'target'),
        ]),
        chart(
          'Pages stay in memory for',
          'seconds',
          [plain('sqlserver_page_life_expectancy_seconds', 'expected')],
          FROM_ZERO,
        ),
        chart('Pages per second', '', [rateBy('sqlserver_page_operations_total', 'type', '{{type}}')], FROM_ZERO),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Traffic of files', 'bytes_per_second', [
          rateBy('sqlserver_database_io_bytes_total', 'database, direction', '{{database}} {{direction}}'),
        ]),
        chart('Waiting for files', 'ratio', [
          rateBy('sqlserver_database_latency_seconds_total', 'database, direction', '{{database}} {{direction}}'),
        ]),
        chart('Waits', 'ratio', [rateBy('sqlserver_os_wait_duration_seconds_total', 'wait_type', '{{wait_type}}')]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Log of transactions in use', 'bytes', [plain('sqlserver_transaction_log_used_bytes', '{{database}}')]),
        chart('Size of data', 'bytes', [plain('sqlserver_database_data_bytes', '{{database}}')], FROM_ZERO),
        chart('Databases by state', '', [plain('sqlserver_database_count', '{{database_status}}')], FROM_ZERO),
      ],
    },
  ]),
});
