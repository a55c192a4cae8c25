import type { Question } from './question.ts';

const age = (column: string): string => `extract(epoch FROM clock_timestamp() - ${column})`;

/** What the server is, and what its clients do. */
export const ACTIVITY_QUESTIONS: readonly Question[] = [
  {
    name: 'server',
    text: `SELECT current_setting('server_version') AS version, 1 AS info,
      ${age('pg_postmaster_start_time()')} AS uptime_seconds_total,
      CASE WHEN pg_is_in_recovery() THEN 'standby' ELSE 'primary' END AS replication_role,
      current_setting('max_connections') AS connection_max`,
  },
  {
    name: 'backends',
    text: `SELECT datname AS database, coalesce(state, 'unknown') AS state, count(*) AS backends
      FROM pg_stat_activity WHERE backend_type = 'client backend' GROUP BY 1, 2`,
  },
  {
    name: 'waits',
    text: `SELECT datname AS database, lower(wait_event_type) AS wait, count(*) AS backends_waiting
      FROM pg_stat_activity
      WHERE backend_type = 'client backend' AND state <> 'idle' AND wait_event_type IS NOT NULL GROUP BY 1, 2`,
  },
  {
    name: 'ages',
    text: `SELECT datname AS database,
      coalesce(max(${age('xact_start')}), 0) AS transaction_longest_seconds,
      coalesce(max(${age('query_start')}) FILTER (WHERE state = 'active'), 0) AS query_longest_seconds,
      coalesce(max(${age('state_change')}) FILTER (WHERE state LIKE 'idle in transaction%'), 0)
        AS idle_in_transaction_longest_seconds
      FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() GROUP BY 1`,
  },
  {
    name: 'locks',
    text: `SELECT coalesce(d.datname, '') AS database, l.mode, l.granted::text AS granted, count(*) AS locks
      FROM pg_locks l LEFT JOIN pg_database d ON d.oid = l.database
      WHERE l.pid IS DISTINCT FROM pg_backend_pid() GROUP BY 1, 2, 3`,
  },
  {
    name: 'databases',
    text: `SELECT datname AS database, xact_commit AS commits_total, xact_rollback AS rollbacks_total,
      blks_read AS blocks_read_total, blks_hit AS blocks_hit_total,
      blk_read_time / 1000 AS "block_time_seconds_total operation=read",
      blk_write_time / 1000 AS "block_time_seconds_total operation=write",
      tup_returned AS "rows_total operation=returned", tup_fetched AS "rows_total operation=fetched",
      tup_inserted AS "rows_total operation=inserted", tup_updated AS "rows_total operation=updated",
      tup_deleted AS "rows_total operation=deleted",
      temp_files AS temp_files_total, temp_bytes AS temp_written_bytes_total, deadlocks AS deadlocks_total,
      conflicts AS conflicts_total, checksum_failures AS checksum_failures_total
      FROM pg_stat_database WHERE datname IS NOT NULL AND datname NOT LIKE 'template_'`,
  },
  {
    name: 'sessions',
    from: 140_000,
    text: `SELECT datname AS database, sessions AS "sessions_total end=opened",
      sessions_abandoned AS "sessions_total end=abandoned", sessions_fatal AS "sessions_total end=fatal",
      sessions_killed AS "sessions_total end=killed"
      FROM pg_stat_database WHERE datname IS NOT NULL AND datname NOT LIKE 'template_'`,
  },
];
