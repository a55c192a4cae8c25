import type { MSSQL_METRICS } from './metrics.ts';

type Metric = keyof typeof MSSQL_METRICS;
/** A performance counter and its series; `instance` `*`: one series for each database. */
export type CounterRule = {
  readonly object: string;
  readonly counter: string;
  readonly instance: '' | '_Total' | '*';
  readonly metric: Metric;
  readonly labels?: Readonly<Record<string, string>>;
  readonly factor?: number;
};

const KIB = 1_024;
const rule = (path: string, metric: Metric, more: Partial<CounterRule> = {}): CounterRule => {
  const [object = '', counter = ''] = path.split(': ');
  return { object, counter, instance: '', metric, ...more };
};
const TOTAL = { instance: '_Total' } as const;
const EACH = { instance: '*' } as const;

/** Counters by the object after `SQLServer:` or `MSSQL$INSTANCE:`. Those called `/sec` are cumulative. */
export const COUNTERS: readonly CounterRule[] = [
  rule('SQL Statistics: Batch Requests/sec', 'sqlserver_batch_requests_total'),
  rule('SQL Statistics: SQL Compilations/sec', 'sqlserver_batch_sql_compilations_total'),
  rule('SQL Statistics: SQL Re-Compilations/sec', 'sqlserver_batch_sql_recompilations_total'),
  rule('General Statistics: User Connections', 'sqlserver_user_connection_count'),
  rule('General Statistics: Logins/sec', 'sqlserver_logins_total'),
  rule('General Statistics: Processes blocked', 'sqlserver_processes_blocked'),
  rule('Locks: Lock Waits/sec', 'sqlserver_lock_waits_total', TOTAL),
  rule('Locks: Lock Timeouts/sec', 'sqlserver_lock_timeouts_total', TOTAL),
  rule('Locks: Number of Deadlocks/sec', 'sqlserver_deadlocks_total', TOTAL),
  rule('Buffer Manager: Page life expectancy', 'sqlserver_page_life_expectancy_seconds'),
  rule('Buffer Manager: Page lookups/sec', 'sqlserver_page_lookups_total'),
  rule('Buffer Manager: Page reads/sec', 'sqlserver_page_operations_total', { labels: { type: 'read' } }),
  rule('Buffer Manager: Page writes/sec', 'sqlserver_page_operations_total', { labels: { type: 'write' } }),
  rule('Buffer Manager: Lazy writes/sec', 'sqlserver_page_lazy_writes_total'),
  rule('Buffer Manager: Free list stalls/sec', 'sqlserver_page_free_list_stalls_total'),
  rule('Access Methods: Page Splits/sec', 'sqlserver_page_splits_total'),
  rule('Access Methods: Full Scans/sec', 'sqlserver_full_scans_total'),
  rule('Access Methods: Index Searches/sec', 'sqlserver_index_searches_total'),
  rule('Memory Manager: Total Server Memory (KB)', 'sqlserver_memory_usage_bytes', { factor: KIB }),
  rule('Memory Manager: Target Server Memory (KB)', 'sqlserver_memory_target_bytes', { factor: KIB }),
  rule('Memory Manager: Memory Grants Pending', 'sqlserver_memory_grants_pending_count'),
  rule('Transactions: Free Space in tempdb (KB)', 'sqlserver_tempdb_free_bytes', { factor: KIB }),
  rule('Transactions: Version Store Size (KB)', 'sqlserver_tempdb_version_store_bytes', { factor: KIB }),
  rule('Databases: Transactions/sec', 'sqlserver_transactions_total', EACH),
  rule('Databases: Active Transactions', 'sqlserver_transactions_active', EACH),
  rule('Databases: Log File(s) Used Size (KB)', 'sqlserver_transaction_log_used_bytes', { ...EACH, factor: KIB }),
  rule('Databases: Log File(s) Size (KB)', 'sqlserver_transaction_log_size_bytes', { ...EACH, factor: KIB }),
  rule('Databases: Log Flushes/sec', 'sqlserver_transaction_log_flushes_total', EACH),
  rule('Databases: Log Growths', 'sqlserver_transaction_log_growth_count_total', EACH),
  rule('Databases: Data File(s) Size (KB)', 'sqlserver_database_data_bytes', { ...EACH, factor: KIB }),
];

/** A fraction and its base, which is a counter of its own beside it. */
export const HIT_RATIO = { object: 'Buffer Manager', counter: 'Buffer cache hit ratio' } as const;
