import type { MYSQL_METRICS } from './metrics.ts';

type Metric = keyof typeof MYSQL_METRICS;

/** A variable of the server: its series, and what brings it to the base unit. */
export type Figure = {
  readonly name: string;
  readonly metric: Metric;
  readonly labels?: Readonly<Record<string, string>>;
  readonly scale?: number;
};

/** Variables of one series each. */
const SINGLE: Readonly<Record<string, Metric>> = {
  Uptime: 'mysql_uptime_seconds_total',
  Threads_created: 'mysql_threads_created_total',
  Connections: 'mysql_connection_count_total',
  max_connections: 'mysql_connection_limit',
  Max_used_connections: 'mysql_connection_used_maximum',
  Queries: 'mysql_query_count_total',
  Questions: 'mysql_query_client_count_total',
  Slow_queries: 'mysql_query_slow_count_total',
  Prepared_stmt_count: 'mysql_prepared_statements',
  Memory_used: 'mysql_memory_used_bytes',
  innodb_buffer_pool_size: 'mysql_buffer_pool_limit_bytes',
  Innodb_buffer_pool_pages_flushed: 'mysql_buffer_pool_page_flushes_total',
  Innodb_row_lock_waits: 'mysql_row_locks_total',
  Innodb_row_lock_current_waits: 'mysql_row_lock_waits',
  Innodb_deadlocks: 'mysql_deadlocks_total',
  Innodb_history_list_length: 'mysql_history_list_length',
  Innodb_os_log_written: 'mysql_log_written_bytes_total',
  Innodb_checkpoint_age: 'mysql_checkpoint_age_bytes',
  Binlog_bytes_written: 'mysql_binlog_written_bytes_total',
  Slaves_connected: 'mysql_replicas_connected',
};

/** Variables that share a series name; the part behind the prefix is the value of the label. */
const FAMILIES: readonly (readonly [metric: Metric, label: string, prefix: string, parts: string])[] = [
  ['mysql_threads', 'kind', 'Threads_', 'cached connected running'],
  [
    'mysql_connection_errors_total',
    'error',
    'Connection_errors_',
    'accept internal max_connections peer_address select tcpwrap',
  ],
  ['mysql_connection_errors_total', 'error', 'Aborted_', 'clients connects'],
  ['mysql_client_network_io_bytes_total', 'kind', 'Bytes_', 'received sent'],
  [
    'mysql_commands_total',
    'command',
    'Com_',
    'select insert insert_select update update_multi delete delete_multi replace replace_select load truncate ' +
      'begin commit rollback xa_commit call_procedure stmt_prepare stmt_execute lock_tables set_option ' +
      'alter_table create_table create_index drop_table drop_index analyze optimize admin_commands kill flush',
  ],
  [
    'mysql_handlers_total',
    'kind',
    'Handler_',
    'commit delete discover external_lock mrr_init prepare read_first read_key read_last read_next read_prev ' +
      'read_rnd read_rnd_next rollback savepoint savepoint_rollback tmp_update tmp_write update write',
  ],
  ['mysql_selects_total', 'kind', 'Select_', 'full_join full_range_join range range_check scan'],
  ['mysql_sorts_total', 'kind', 'Sort_', 'merge_passes range rows scan'],
  ['mysql_tmp_resources_total', 'resource', 'Created_tmp_', 'disk_tables files tables'],
  ['mysql_locks_total', 'kind', 'Table_locks_', 'immediate waited'],
  ['mysql_opened_resources_total', 'resource', 'Opened_', 'files tables table_definitions'],
  ['mysql_open_resources', 'resource', 'Open_', 'files tables table_definitions'],
  ['mysql_table_open_cache_total', 'status', 'Table_open_cache_', 'hits misses overflows'],
  ['mysql_key_operations_total', 'operation', 'Key_', 'read_requests reads write_requests writes'],
  ['mysql_buffer_pool_pages', 'kind', 'Innodb_buffer_pool_pages_', 'data free misc total'],
  [
    'mysql_buffer_pool_operations_total',
    'operation',
    'Innodb_buffer_pool_',
    'read_ahead_rnd read_ahead read_ahead_evicted read_requests reads wait_free write_requests',
  ],
  ['mysql_row_operations_total', 'operation', 'Innodb_rows_', 'deleted inserted read updated'],
  ['mysql_operations_total', 'operation', 'Innodb_data_', 'fsyncs reads writes'],
  ['mysql_io_bytes_total', 'direction', 'Innodb_data_', 'read written'],
  ['mysql_page_operations_total', 'operation', 'Innodb_pages_', 'created read written'],
  ['mysql_log_operations_total', 'operation', 'Innodb_log_', 'waits write_requests writes'],
  ['mysql_binlog_cache_total', 'place', 'Binlog_cache_', 'use disk_use'],
];

/** Of SHOW GLOBAL STATUS and SHOW GLOBAL VARIABLES. */
export const STATUS_FIGURES: readonly Figure[] = [
  ...Object.entries(SINGLE).map(([name, metric]) => ({ name, metric })),
  ...FAMILIES.flatMap(([metric, label, prefix, parts]) =>
    parts.split(' ').map((part) => ({ name: prefix + part, metric, labels: { [label]: part } })),
  ),
  { name: 'Innodb_row_lock_time', metric: 'mysql_row_lock_time_seconds_total', scale: 1e-3 },
  { name: 'table_open_cache', metric: 'mysql_open_resources_limit', labels: { resource: 'tables' } },
  { name: 'open_files_limit', metric: 'mysql_open_resources_limit', labels: { resource: 'files' } },
];

/** Of a node of a Galera cluster. */
export const WSREP_FIGURES: readonly Figure[] = [
  { name: 'wsrep_cluster_size', metric: 'mysql_wsrep_cluster_size' },
  { name: 'wsrep_local_recv_queue', metric: 'mysql_wsrep_queue_length', labels: { queue: 'receive' } },
  { name: 'wsrep_local_send_queue', metric: 'mysql_wsrep_queue_length', labels: { queue: 'send' } },
  { name: 'wsrep_flow_control_paused', metric: 'mysql_wsrep_flow_control_paused_ratio' },
  { name: 'wsrep_local_cert_failures', metric: 'mysql_wsrep_conflicts_total', labels: { kind: 'certification' } },
  { name: 'wsrep_local_bf_aborts', metric: 'mysql_wsrep_conflicts_total', labels: { kind: 'abort' } },
];
