import { counter, gauge, type MetricTable } from '#core/plugin/metric.ts';

export const DATABASE_STATES = ['online', 'restoring', 'recovering', 'recoveryPending', 'suspect', 'offline'] as const;

const FILE = ['database', 'file', 'file_type'];

/** Every series of the SQL Server collector. */
export const MSSQL_METRICS = {
  sqlserver_info: gauge('', 'Always 1; what runs there.', ['sql_version', 'edition']),
  sqlserver_uptime_seconds: gauge('seconds', 'Time since the server started.'),
  sqlserver_cpu_count: gauge('', 'Processors that it may use.'),
  sqlserver_memory_limit_bytes: gauge('bytes', 'Memory of the machine.'),
  sqlserver_memory_available_bytes: gauge('bytes', 'Memory of the machine that nobody uses.'),
  sqlserver_database_count: gauge('', 'Databases by state.', ['database_status']),
  sqlserver_batch_requests_total: counter('', 'Batches of statements.'),
  sqlserver_batch_sql_compilations_total: counter('', 'Statements compiled.'),
  sqlserver_batch_sql_recompilations_total: counter('', 'Statements compiled anew.'),
  sqlserver_user_connection_count: gauge('', 'Connections of users.'),
  sqlserver_logins_total: counter('', 'Logins.'),
  sqlserver_processes_blocked: gauge('', 'Sessions that wait for another one.'),
  sqlserver_lock_waits_total: counter('', 'Requests for a lock that had to wait.'),
  sqlserver_lock_timeouts_total: counter('', 'Requests for a lock that were given up.'),
  sqlserver_deadlocks_total: counter('', 'Deadlocks.'),
  sqlserver_page_life_expectancy_seconds: gauge('seconds', 'How long a page is expected to stay in memory.'),
  sqlserver_page_buffer_cache_hit_ratio: gauge('ratio', 'Share of pages that were found in memory.'),
  sqlserver_page_operations_total: counter('', 'Pages read from and written to the disk.', ['type']),
  sqlserver_page_lookups_total: counter('', 'Pages looked for in memory.'),
  sqlserver_page_splits_total: counter('', 'Pages that were split.'),
  sqlserver_page_lazy_writes_total: counter('', 'Pages written because memory was short.'),
  sqlserver_page_free_list_stalls_total: counter('', 'Requests that waited for a free page.'),
  sqlserver_full_scans_total: counter('', 'Scans of whole tables and indexes.'),
  sqlserver_index_searches_total: counter('', 'Searches of indexes.'),
  sqlserver_memory_usage_bytes: gauge('bytes', 'Memory that the server uses.'),
  sqlserver_memory_target_bytes: gauge('bytes', 'Memory that it could use.'),
  sqlserver_memory_grants_pending_count: gauge('', 'Statements that wait for memory.'),
  sqlserver_tempdb_free_bytes: gauge('bytes', 'Free space of tempdb.'),
  sqlserver_tempdb_version_store_bytes: gauge('bytes', 'Old versions of rows in tempdb.'),
  sqlserver_transactions_total: counter('', 'Transactions begun.', ['database']),
  sqlserver_transactions_active: gauge('', 'Transactions that are open.', ['database']),
  sqlserver_transaction_log_used_bytes: gauge('bytes', 'Log of transactions in use.', ['database']),
  sqlserver_transaction_log_size_bytes: gauge('bytes', 'Size of the log of transactions.', ['database']),
  sqlserver_transaction_log_flushes_total: counter('', 'Writes of the log of transactions.', ['database']),
  sqlserver_transaction_log_growth_count_total: counter('', 'Times the log of transactions grew.', ['database']),
  sqlserver_database_data_bytes: gauge('bytes', 'Size of the data files.', ['database']),
  sqlserver_database_io_bytes_total: counter('bytes', 'Bytes by file.', [...FILE, 'direction']),
  sqlserver_database_operations_total: counter('', 'Reads and writes by file.', [...FILE, 'direction']),
  sqlserver_database_latency_seconds_total: counter('seconds', 'Time spent waiting for a file.', [
    ...FILE,
    'direction',
  ]),
  sqlserver_os_wait_duration_seconds_total: counter('seconds', 'Time that sessions waited, by kind.', ['wait_type']),
  sqlserver_os_waits_total: counter('', 'Waits by kind.', ['wait_type']),
} satisfies MetricTable;
