import { LATER } from './later.ts';
import { LOG_PAIRS } from './log-index.ts';
import { LOG_TERMS, LOG_WORDS } from './log-words.ts';
import { DEDUPLICATED } from './statements.ts';

/**
 * Log records (docs/adr/012). A partition holds one day and one length of life, so that whole parts drop; `keep_days` is
 * calculated by the store from the configured retention (retention.ts). Newest-first searches read few 10-minute pieces,
 * within which a service's similar lines lie together. Skip indexes on texts come from the configuration (log-index.ts).
 */
const LOGS = `CREATE TABLE IF NOT EXISTS logs (
  ts DateTime64(6) CODEC(Delta(8), ZSTD(1)), seq UInt64 CODEC(Delta(8), ZSTD(1)),
  keep_days UInt16 DEFAULT 0 CODEC(ZSTD(1)),
  service LowCardinality(String), host LowCardinality(String), source LowCardinality(String), severity UInt8,
  trace_id String CODEC(ZSTD(1)), span_id String CODEC(ZSTD(1)),
  resource Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  attrs Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  body String CODEC(ZSTD(1)),
  kv Array(String) ALIAS arrayMap((k, x) -> concat(k, '=', x), mapKeys(attrs), mapValues(attrs)),
  INDEX ix_trace trace_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX ix_sev severity TYPE minmax GRANULARITY 1
) ENGINE = MergeTree
PARTITION BY (toYYYYMMDD(ts), keep_days)
ORDER BY (toStartOfInterval(ts, INTERVAL 10 MINUTE), service, ts)
SETTINGS old_parts_lifetime = 480, ${DEDUPLICATED}`;

/**
 * The first release made a table that nothing ever wrote to; its key cannot be changed. The step is journalled before the
 * next one makes the table that is written.
 */
export const LOG_STATEMENTS: readonly string[] = ['DROP TABLE IF EXISTS logs', LOGS];

/** Fields lie apart, so that a filter by one reads a part of the column and equal values compress together. */
export const LOG_FIELDS_APART: readonly string[] = [
  `ALTER TABLE logs MODIFY SETTING map_serialization_version = 'with_buckets',
    map_serialization_version_for_zero_level_parts = 'basic', map_buckets_strategy = 'constant',
    max_buckets_in_map = 16, map_buckets_min_avg_size = 0`,
];

/**
 * The pattern of a line (docs/adr/018), 0 = none. Each service has a few, so that numbers of a dictionary cost two thirds of
 * the ids themselves.
 */
export const LOG_PATTERNS: readonly string[] = [
  `ALTER TABLE logs ADD COLUMN IF NOT EXISTS pattern LowCardinality(UInt64) CODEC(ZSTD(1))
    SETTINGS allow_suspicious_low_cardinality_types = 1`,
];

/** What the indexes are over, for SQL written by users. */
export const LOG_ALIASES: readonly string[] = [
  `ALTER TABLE logs ADD COLUMN IF NOT EXISTS words String ALIAS ${LOG_WORDS}`,
  `ALTER TABLE logs MODIFY COLUMN kv Array(String) ALIAS ${LOG_PAIRS}`,
];

/**
 * The index finds the pieces of time within the order key, whose first part the engine does not know as one of the time.
 * Counts of minutes lie in the parts of the lines they count, and end with them.
 */
export const LOG_MINUTES: readonly string[] = [
  'ALTER TABLE logs ADD INDEX IF NOT EXISTS ix_ts ts TYPE minmax GRANULARITY 1',
  `ALTER TABLE logs MATERIALIZE INDEX ix_ts${LATER}`,
  `ALTER TABLE logs ADD PROJECTION IF NOT EXISTS minutes (SELECT toStartOfMinute(ts), severity, service, count()
    GROUP BY toStartOfMinute(ts), severity, service)`,
  `ALTER TABLE logs MATERIALIZE PROJECTION minutes${LATER}`,
  'ALTER TABLE logs MODIFY COLUMN severity UInt8 CODEC(ZSTD(1))',
  'ALTER TABLE logs MODIFY SETTING min_bytes_for_wide_part = 67108864',
  `ALTER TABLE logs ADD COLUMN IF NOT EXISTS terms String ALIAS ${LOG_TERMS}`,
  `ALTER TABLE logs MODIFY COLUMN terms String ALIAS ${LOG_TERMS}`,
];

/** Fields together, lengths of texts beside the texts: a third of the work of a merge, and smaller (docs/adr/019). */
export const LOG_FIELDS_TOGETHER: readonly string[] = [
  "ALTER TABLE logs MODIFY SETTING map_serialization_version = 'basic', string_serialization_version = 'single_stream'",
];
