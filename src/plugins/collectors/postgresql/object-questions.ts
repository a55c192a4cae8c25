import type { Question } from './question.ts';

/** Statements of others may hold secrets as they are written: CREATE ROLE … PASSWORD. */
const HARMLESS = `query ~* '^\\s*(select|insert|update|delete|merge|with)\\y'`;

const statements = (name: string, columns: string, versions: Pick<Question, 'from' | 'until'>): Question => ({
  name,
  ...versions,
  limit: 'statements',
  text: `SELECT d.datname AS database, r.rolname AS role, s.queryid AS query_id,
    left(regexp_replace(btrim(query), '\\s+', ' ', 'g'), 200) AS statement,
    calls AS statement_calls_total, ${columns} / 1000 AS statement_time_seconds_total, rows AS statement_rows_total,
    shared_blks_hit AS "statement_blocks_total operation=hit", shared_blks_read AS "statement_blocks_total operation=read",
    shared_blks_written AS "statement_blocks_total operation=write",
    temp_blks_read + temp_blks_written AS statement_temp_blocks_total,
    wal_bytes AS statement_wal_bytes_total
    FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid JOIN pg_roles r ON r.oid = s.userid
    WHERE toplevel AND r.rolname <> current_user AND ${HARMLESS} ORDER BY ${columns} DESC LIMIT $1`,
});

/** Header of a row and its entry in the page, in bytes. */
const ROW_BYTES = 28;

/**
 * Pages a table has, less those that its rows need by their mean width in the statistics; of tables that were analysed
 * and may be read.
 */
const BLOAT = `SELECT current_database() AS database, n.nspname AS schema, c.relname AS table,
  greatest(0, c.relpages::bigint * current_setting('block_size')::int
    - ceil(c.reltuples * (s.width + ${ROW_BYTES}) / (current_setting('block_size')::int - 24))
      * current_setting('block_size')::int) AS table_bloat_bytes
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN LATERAL (SELECT ceil(sum((1 - null_frac) * avg_width) / 8) * 8 AS width, count(*) AS columns FROM pg_stats
    WHERE schemaname = n.nspname AND tablename = c.relname AND NOT inherited) s
    ON s.columns = (SELECT count(*) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped)
  WHERE c.relkind = 'r' AND c.reltuples >= 0 AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  ORDER BY c.relpages DESC LIMIT $1`;

/** Databases, tables and statements. */
export const OBJECT_QUESTIONS: readonly Question[] = [
  {
    name: 'sizes',
    isSlow: true,
    text: `SELECT datname AS database, age(datfrozenxid) AS xid_age,
      CASE WHEN has_database_privilege(datname, 'CONNECT') OR pg_has_role('pg_read_all_stats', 'USAGE')
        THEN pg_database_size(oid) END AS db_size_bytes
      FROM pg_database WHERE NOT datistemplate AND datallowconn`,
  },
  {
    name: 'tables',
    isSlow: true,
    limit: 'tables',
    // The size of a table that is locked as a whole would be waited for.
    text: `WITH locked AS (SELECT relation FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation IS NOT NULL)
      SELECT current_database() AS database, schemaname AS schema, t.relname AS table,
      CASE WHEN relid NOT IN (SELECT relation FROM locked) THEN pg_total_relation_size(relid) END AS table_size_bytes,
      n_live_tup AS "table_rows state=live", n_dead_tup AS "table_rows state=dead",
      seq_scan AS "table_scans_total kind=table", coalesce(idx_scan, 0) AS "table_scans_total kind=index",
      n_tup_ins AS "table_changes_total operation=insert", n_tup_upd AS "table_changes_total operation=update",
      n_tup_del AS "table_changes_total operation=delete", n_tup_hot_upd AS "table_changes_total operation=hot_update",
      vacuum_count + autovacuum_count AS "table_maintenance_total kind=vacuum",
      analyze_count + autoanalyze_count AS "table_maintenance_total kind=analyze",
      extract(epoch FROM clock_timestamp() - greatest(last_vacuum, last_autovacuum)) AS table_vacuum_age_seconds
      FROM pg_stat_user_tables t JOIN pg_class c ON c.oid = relid ORDER BY c.relpages DESC LIMIT $1`,
  },
  { name: 'bloat', isSlow: true, limit: 'tables', text: BLOAT },
  statements('statements', 'total_exec_time', { from: 140_000 }),
];
