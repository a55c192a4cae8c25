import type { Question } from './question.ts';

/** Where the WAL is: what was written here, or what came from the primary. */
const LSN = `CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_lsn() END`;
const behind = (column: string): string => `greatest(0, pg_wal_lsn_diff(${LSN}, ${column}))`;
const seconds = (column: string): string => `extract(epoch FROM ${column})`;

/** Replication, checkpoints, WAL. */
export const WRITE_QUESTIONS: readonly Question[] = [
  {
    name: 'replicas',
    text: `SELECT application_name AS application, coalesce(host(client_addr), '') AS client,
      max((state = 'streaming')::int) AS replica_streaming,
      max(${behind('sent_lsn')}) AS "replica_delay_bytes step=send",
      max(${behind('write_lsn')}) AS "replica_delay_bytes step=write",
      max(${behind('flush_lsn')}) AS "replica_delay_bytes step=flush",
      max(${behind('replay_lsn')}) AS "replica_delay_bytes step=replay",
      coalesce(max(${seconds('write_lag')}), 0) AS "replica_lag_seconds step=write",
      coalesce(max(${seconds('flush_lag')}), 0) AS "replica_lag_seconds step=flush",
      coalesce(max(${seconds('replay_lag')}), 0) AS "replica_lag_seconds step=replay"
      FROM pg_stat_replication GROUP BY 1, 2`,
  },
  {
    name: 'standby',
    text: `SELECT CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
        ELSE ${seconds('clock_timestamp() - pg_last_xact_replay_timestamp()')} END AS standby_delay_seconds,
      (SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming') AS standby_receiver
      WHERE pg_is_in_recovery()`,
  },
  {
    name: 'slots',
    text: `SELECT slot_name AS slot, slot_type AS kind, active::int AS slot_active,
      ${behind('restart_lsn')} AS slot_retained_bytes FROM pg_replication_slots`,
  },
  {
    name: 'bgwriter',
    until: 170_000,
    text: `SELECT checkpoints_timed AS "checkpoints_total reason=timed", checkpoints_req AS "checkpoints_total reason=requested",
      checkpoint_write_time / 1000 AS "checkpoint_time_seconds_total step=write",
      checkpoint_sync_time / 1000 AS "checkpoint_time_seconds_total step=sync",
      buffers_checkpoint AS "buffers_written_total writer=checkpointer",
      buffers_clean AS "buffers_written_total writer=bgwriter", buffers_backend AS "buffers_written_total writer=backend",
      maxwritten_clean AS bgwriter_stops_total, buffers_alloc AS buffers_allocated_total FROM pg_stat_bgwriter`,
  },
  {
    name: 'checkpointer',
    from: 170_000,
    text: `SELECT num_timed AS "checkpoints_total reason=timed", num_requested AS "checkpoints_total reason=requested",
      write_time / 1000 AS "checkpoint_time_seconds_total step=write",
      sync_time / 1000 AS "checkpoint_time_seconds_total step=sync",
      buffers_written AS "buffers_written_total writer=checkpointer",
      b.buffers_clean AS "buffers_written_total writer=bgwriter",
      b.maxwritten_clean AS bgwriter_stops_total, b.buffers_alloc AS buffers_allocated_total
      FROM pg_stat_checkpointer, pg_stat_bgwriter b`,
  },
  {
    name: 'wal',
    from: 140_000,
    text: `SELECT wal_records AS wal_records_total, wal_fpi AS wal_full_page_images_total,
      wal_bytes AS wal_written_bytes_total, wal_buffers_full AS wal_buffers_full_total FROM pg_stat_wal`,
  },
  {
    name: 'archiver',
    text: `SELECT archived_count AS "archived_total result=ok", failed_count AS "archived_total result=failed",
      ${seconds('clock_timestamp() - last_archived_time')} AS archive_age_seconds
      FROM pg_stat_archiver WHERE current_setting('archive_mode') <> 'off'`,
  },
  {
    name: 'io',
    from: 160_000,
    text: `SELECT backend_type AS backend, sum(reads) AS "io_operations_total operation=read",
      sum(writes) AS "io_operations_total operation=write", sum(extends) AS "io_operations_total operation=extend",
      sum(hits) AS "io_operations_total operation=hit", sum(evictions) AS "io_operations_total operation=evict",
      sum(fsyncs) AS "io_operations_total operation=fsync" FROM pg_stat_io GROUP BY 1`,
  },
];
