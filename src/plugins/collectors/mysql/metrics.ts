import { counter, gauge, type MetricTable } from '#core/plugin/metric.ts';

const DIGEST = ['schema', 'digest', 'statement'];

/** What a thread of a replica can be. */
export const REPLICA_THREAD_STATES = ['running', 'connecting', 'stopped'] as const;
/** What a node of a Galera cluster can belong to. */
export const WSREP_STATES = ['primary', 'non_primary', 'disconnected'] as const;

/** Every series of the MySQL collector. */
export const MYSQL_METRICS = {
  mysql_info: gauge('', 'Always 1; what runs there.', ['version', 'version_comment']),
  mysql_uptime_seconds_total: counter('seconds', 'Time since the start.'),
  mysql_threads: gauge('', 'Threads by kind: cached, connected, running; ours is among them.', ['kind']),
  mysql_threads_created_total: counter('', 'Threads created for connections.'),
  mysql_connection_count_total: counter('', 'Attempts to connect.'),
  mysql_connection_limit: gauge('', 'Most connections that it takes (max_connections).'),
  mysql_connection_used_maximum: gauge('', 'Most connections that were open at once.'),
  mysql_connection_errors_total: counter('', 'Connections that failed or broke off, by error.', ['error']),
  mysql_client_network_io_bytes_total: counter('bytes', 'Bytes received from and sent to clients.', ['kind']),
  mysql_query_count_total: counter('', 'Statements, those within stored programs too.'),
  mysql_query_client_count_total: counter('', 'Statements that clients sent.'),
  mysql_query_slow_count_total: counter('', 'Statements that took longer than long_query_time.'),
  mysql_query_longest_seconds: gauge('seconds', 'How long the oldest statement has been running; 0 without any.'),
  mysql_commands_total: counter('', 'Statements by kind.', ['command']),
  mysql_handlers_total: counter('', 'Requests to storage engines by kind.', ['kind']),
  mysql_selects_total: counter('', 'Joins and scans by kind: full_join and scan read whole tables.', ['kind']),
  mysql_sorts_total: counter('', 'Sorts by kind; rows counts rows, merge_passes passes.', ['kind']),
  mysql_tmp_resources_total: counter('', 'Temporary tables and files made.', ['resource']),
  mysql_locks_total: counter('', 'Locks of tables, those that waited and those that did not.', ['kind']),
  mysql_opened_resources_total: counter('', 'Files, tables and table definitions opened.', ['resource']),
  mysql_open_resources: gauge('', 'Files, tables and table definitions open.', ['resource']),
  mysql_open_resources_limit: gauge('', 'Most files and tables that are kept open.', ['resource']),
  mysql_table_open_cache_total: counter('', 'Look-ups in the cache of open tables.', ['status']),
  mysql_prepared_statements: gauge('', 'Prepared statements.'),
  mysql_memory_used_bytes: gauge('bytes', 'Memory allocated, where the server tells it.'),
  mysql_key_operations_total: counter('', 'Reads and writes of MyISAM key blocks, from the cache and the disk.', [
    'operation',
  ]),
  mysql_buffer_pool_pages: gauge('', 'Pages of the InnoDB buffer pool by kind.', ['kind']),
  mysql_buffer_pool_data_pages: gauge('', 'Pages with data in the buffer pool.', ['status']),
  mysql_buffer_pool_usage_bytes: gauge('bytes', 'Data in the buffer pool.', ['status']),
  mysql_buffer_pool_limit_bytes: gauge('bytes', 'Size of the buffer pool.'),
  mysql_buffer_pool_operations_total: counter('', 'Operations on the buffer pool; reads are those from the disk.', [
    'operation',
  ]),
  mysql_buffer_pool_page_flushes_total: counter('', 'Pages flushed from the buffer pool.'),
  mysql_row_operations_total: counter('', 'Rows read and changed in InnoDB, where the server tells it.', ['operation']),
  mysql_row_locks_total: counter('', 'Times that a row lock was waited for.'),
  mysql_row_lock_time_seconds_total: counter('seconds', 'Time spent waiting for row locks.'),
  mysql_row_lock_waits: gauge('', 'Row locks that are waited for now.'),
  mysql_deadlocks_total: counter('', 'Deadlocks in InnoDB.'),
  mysql_history_list_length: gauge('', 'Versions of rows that are still to be purged.'),
  mysql_operations_total: counter('', 'Reads, writes and fsyncs of InnoDB.', ['operation']),
  mysql_io_bytes_total: counter('bytes', 'Bytes that InnoDB read and wrote.', ['direction']),
  mysql_page_operations_total: counter('', 'Pages that InnoDB created, read and wrote.', ['operation']),
  mysql_log_operations_total: counter('', 'Writes to the redo log; waits are those for a buffer that was full.', [
    'operation',
  ]),
  mysql_log_written_bytes_total: counter('bytes', 'Bytes written to the redo log.'),
  mysql_checkpoint_age_bytes: gauge('bytes', 'Redo log since the last checkpoint, where the server tells it.'),
  mysql_binlog_written_bytes_total: counter('bytes', 'Bytes written to the binary log, where the server tells it.'),
  mysql_binlog_cache_total: counter('', 'Transactions that used the cache of the binary log, and a file.', ['place']),
  mysql_replicas_connected: gauge('', 'Replicas connected, where the server tells it.'),
  mysql_replica_thread: {
    ...gauge('', 'What a thread of this replica does.', ['channel', 'source', 'thread']),
    states: { label: 'state', values: REPLICA_THREAD_STATES },
  },
  mysql_replica_time_behind_source_seconds: gauge('seconds', 'Delay; absent while the replication is broken.', [
    'channel',
    'source',
  ]),
  mysql_replica_sql_delay_seconds: gauge('seconds', 'Delay that is asked for.', ['channel', 'source']),
  mysql_replica_last_error_code: gauge('', 'Code of the last error of a thread; 0 for none.', [
    'channel',
    'source',
    'thread',
  ]),
  mysql_replica_relay_log_bytes: gauge('bytes', 'Relay logs on disk.', ['channel', 'source']),
  mysql_wsrep_cluster: {
    ...gauge('', 'What this node of a Galera cluster belongs to.'),
    states: { label: 'state', values: WSREP_STATES },
  },
  mysql_wsrep_cluster_size: gauge('', 'Nodes of the Galera cluster.'),
  mysql_wsrep_ready: gauge('', '1 when the node takes statements.'),
  mysql_wsrep_queue_length: gauge('', 'Write sets that wait to be applied or sent.', ['queue']),
  mysql_wsrep_flow_control_paused_ratio: gauge('ratio', 'Part of the time that replication was paused.'),
  mysql_wsrep_conflicts_total: counter('', 'Transactions that failed because of other nodes.', ['kind']),
  mysql_statement_event_count_total: counter('', 'Runs of a statement.', DIGEST),
  mysql_statement_event_wait_time_seconds_total: counter('seconds', 'Time of a statement.', DIGEST),
  mysql_statement_event_lock_time_seconds_total: counter('seconds', 'Time a statement waited for tables.', DIGEST),
  mysql_statement_event_error_count_total: counter('', 'Runs that failed.', DIGEST),
  mysql_statement_event_rows_examined_total: counter('', 'Rows that a statement read.', DIGEST),
  mysql_statement_event_rows_sent_total: counter('', 'Rows that a statement gave.', DIGEST),
  mysql_statement_event_rows_affected_total: counter('', 'Rows that a statement changed.', DIGEST),
  mysql_statement_event_no_index_total: counter('', 'Runs that read a table without an index.', DIGEST),
  mysql_statement_event_tmp_disk_tables_total: counter('', 'Temporary tables on disk.', DIGEST),
} as const satisfies MetricTable;
