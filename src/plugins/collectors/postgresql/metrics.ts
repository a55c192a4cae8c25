import { counter, gauge, type MetricTable } from '#core/plugin/metric.ts';

const DATABASE = ['database'];
const TABLE = ['database', 'schema', 'table'];
const STATEMENT = ['database', 'role', 'query_id', 'statement'];
const REPLICA = ['application', 'client'];
const SLOT = ['slot', 'kind'];

/** Every series of the PostgreSQL collector. */
export const POSTGRESQL_METRICS = {
  postgresql_info: gauge('', 'Always 1; what runs there.', ['version']),
  postgresql_uptime_seconds_total: counter('seconds', 'Time since the start.'),
  postgresql_replication_role: {
    ...gauge('', 'Whether it takes changes or follows another.'),
    states: { label: 'state', values: ['primary', 'standby'] },
  },
  postgresql_connection_max: gauge('', 'Most connections that it takes (max_connections).'),

  postgresql_backends: gauge('', 'Connections of clients by what they do; ours is among them.', [...DATABASE, 'state']),
  postgresql_backends_waiting: gauge('', 'Connections that wait, by what for.', [...DATABASE, 'wait']),
  postgresql_transaction_longest_seconds: gauge('seconds', 'Age of the oldest transaction.', DATABASE),
  postgresql_query_longest_seconds: gauge('seconds', 'How long the oldest statement has been running.', DATABASE),
  postgresql_idle_in_transaction_longest_seconds: gauge(
    'seconds',
    'How long a client has kept a transaction open and done nothing.',
    DATABASE,
  ),

  postgresql_commits_total: counter('', 'Transactions committed.', DATABASE),
  postgresql_rollbacks_total: counter('', 'Transactions rolled back.', DATABASE),
  postgresql_blocks_read_total: counter('', 'Blocks read from outside the shared buffers.', DATABASE),
  postgresql_blocks_hit_total: counter('', 'Blocks found in the shared buffers.', DATABASE),
  postgresql_block_time_seconds_total: counter('seconds', 'Time of reads and writes, with track_io_timing.', [
    ...DATABASE,
    'operation',
  ]),
  postgresql_rows_total: counter('', 'Rows by operation; returned are those read by scans.', [
    ...DATABASE,
    'operation',
  ]),
  postgresql_temp_files_total: counter('', 'Temporary files.', DATABASE),
  postgresql_temp_written_bytes_total: counter('bytes', 'Bytes written to temporary files.', DATABASE),
  postgresql_deadlocks_total: counter('', 'Deadlocks.', DATABASE),
  postgresql_conflicts_total: counter('', 'Statements of a standby that gave way to the replication.', DATABASE),
  postgresql_checksum_failures_total: counter('', 'Pages that were damaged.', DATABASE),
  postgresql_sessions_total: counter('', 'Sessions by how they ended; opened are all.', [...DATABASE, 'end']),
  postgresql_db_size_bytes: gauge('bytes', 'Size on disk.', DATABASE),
  postgresql_xid_age: gauge('', 'Transactions since the oldest one that is not frozen; at 2^31 it stops.', DATABASE),

  postgresql_locks: gauge('', 'Locks by mode; those that are not granted are waited for.', [
    ...DATABASE,
    'mode',
    'granted',
  ]),

  postgresql_replica_delay_bytes: gauge('bytes', 'WAL that a standby has still to send, write, flush, replay.', [
    ...REPLICA,
    'step',
  ]),
  postgresql_replica_lag_seconds: gauge('seconds', 'Time until a standby has written, flushed, replayed.', [
    ...REPLICA,
    'step',
  ]),
  postgresql_replica_streaming: gauge('', '1 for a standby that streams, 0 for one that catches up.', REPLICA),
  postgresql_standby_delay_seconds: gauge('seconds', 'On a standby: age of what was replayed last; 0 when all was.'),
  postgresql_standby_receiver: gauge('', 'On a standby: 1 when it receives WAL.'),
  postgresql_slot_active: gauge('', '1 when somebody uses the replication slot.', SLOT),
  postgresql_slot_retained_bytes: gauge('bytes', 'WAL that is kept for the slot.', SLOT),

  postgresql_checkpoints_total: counter('', 'Checkpoints by their reason.', ['reason']),
  postgresql_checkpoint_time_seconds_total: counter('seconds', 'Time of checkpoints by step.', ['step']),
  postgresql_buffers_written_total: counter('', 'Buffers written, by who wrote them.', ['writer']),
  postgresql_buffers_allocated_total: counter('', 'Buffers allocated.'),
  postgresql_bgwriter_stops_total: counter('', 'Times that the background writer had written enough.'),
  postgresql_wal_records_total: counter('', 'Records of WAL.'),
  postgresql_wal_full_page_images_total: counter('', 'Whole pages in the WAL.'),
  postgresql_wal_written_bytes_total: counter('bytes', 'Bytes of WAL.'),
  postgresql_wal_buffers_full_total: counter('', 'Times that the WAL buffers were full.'),
  postgresql_archived_total: counter('', 'Files of WAL archived, and those that failed.', ['result']),
  postgresql_archive_age_seconds: gauge('seconds', 'Time since the last file of WAL was archived.'),
  postgresql_io_operations_total: counter('', 'Operations on relations and WAL, by who did them.', [
    'backend',
    'operation',
  ]),

  postgresql_table_size_bytes: gauge('bytes', 'Size with indexes and TOAST.', TABLE),
  postgresql_table_rows: gauge('', 'Rows by state: live, dead.', [...TABLE, 'state']),
  postgresql_table_scans_total: counter('', 'Scans of the table and of its indexes.', [...TABLE, 'kind']),
  postgresql_table_changes_total: counter('', 'Rows inserted, updated, deleted; hot updates need no index.', [
    ...TABLE,
    'operation',
  ]),
  postgresql_table_maintenance_total: counter('', 'Times it was vacuumed and analysed.', [...TABLE, 'kind']),
  postgresql_table_vacuum_age_seconds: gauge(
    'seconds',
    'Time since the last vacuum; absent when there was none.',
    TABLE,
  ),
  postgresql_table_bloat_bytes: gauge('bytes', 'Estimate of the space in the table that its rows do not need.', TABLE),

  postgresql_statement_calls_total: counter('', 'Runs of a statement.', STATEMENT),
  postgresql_statement_time_seconds_total: counter('seconds', 'Time of a statement.', STATEMENT),
  postgresql_statement_rows_total: counter('', 'Rows that it gave or changed.', STATEMENT),
  postgresql_statement_blocks_total: counter('', 'Shared blocks hit, read, written.', [...STATEMENT, 'operation']),
  postgresql_statement_temp_blocks_total: counter('', 'Temporary blocks read and written.', STATEMENT),
  postgresql_statement_wal_bytes_total: counter('bytes', 'WAL that it made.', STATEMENT),
} as const satisfies MetricTable;
