import { SAMPLE_VALUE } from './sample-value.ts';

/** Parts durable before an insert is answered: only then may its spool file go. */
export const DURABLE = `fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1,
  materialize_ttl_recalculate_only = 1`;
export const DEDUPLICATED = `ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000, ${DURABLE}`;

const SAMPLES = `CREATE TABLE IF NOT EXISTS samples (
  family UInt32 CODEC(Delta(4), ZSTD(1)),
  id UInt64 CODEC(Delta(8), ZSTD(1)),
  t DateTime64(3) CODEC(Delta(8), ZSTD(1)),
  m Int64 CODEC(Delta(8), T64('bit'), ZSTD(1)),
  e UInt8 CODEC(ZSTD(1)),
  v Float64 ALIAS ${SAMPLE_VALUE}
) ENGINE = MergeTree
PARTITION BY toYYYYMMDD(t)
ORDER BY (family, id, t)
SETTINGS old_parts_lifetime = 120, ${DEDUPLICATED}`;

const rollupTable = (name: string): string => `CREATE TABLE IF NOT EXISTS ${name} (
  family UInt32 CODEC(Delta(4), ZSTD(1)),
  id UInt64 CODEC(Delta(8), ZSTD(1)),
  t DateTime CODEC(Delta(4), ZSTD(1)),
  vmin SimpleAggregateFunction(min, Float64) CODEC(ZSTD(1)),
  vmax SimpleAggregateFunction(max, Float64) CODEC(ZSTD(1)),
  vsum SimpleAggregateFunction(sum, Float64) CODEC(ZSTD(1)),
  vcnt SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
  vlast AggregateFunction(argMax, Float64, DateTime64(3)) CODEC(ZSTD(1))
) ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(t)
ORDER BY (family, id, t)
SETTINGS old_parts_lifetime = 120, ${DEDUPLICATED}`;

/** The 5-minute rollup of any source of raw samples. NaN marks "no value" and is not rolled up. */
export const fiveMinuteSelect = (source: string): string => `WITH ${SAMPLE_VALUE} AS value
SELECT s.family AS family, s.id AS id,
  toDateTime(toStartOfInterval(s.t, INTERVAL 5 MINUTE)) AS t,
  min(value) AS vmin, max(value) AS vmax, sum(value) AS vsum, count() AS vcnt, argMaxState(value, s.t) AS vlast
FROM ${source} AS s WHERE NOT isNaN(value) GROUP BY family, id, t`;

const HOURLY_VIEW = `CREATE MATERIALIZED VIEW IF NOT EXISTS samples_1h_mv TO samples_1h AS
SELECT family, id, toStartOfHour(r.t) AS t, min(r.vmin) AS vmin, max(r.vmax) AS vmax, sum(r.vsum) AS vsum,
  sum(r.vcnt) AS vcnt, argMaxMergeState(r.vlast) AS vlast
FROM samples_5m AS r GROUP BY family, id, t`;

/** Only on servers: the embedded engine rolls up batches together (rollup/), for a tenth of the cost. */
export const FIVE_MINUTE_VIEW = `CREATE MATERIALIZED VIEW IF NOT EXISTS samples_5m_mv TO samples_5m AS
${fiveMinuteSelect('samples')}`;

/**
 * For tables whose hits are scattered, as those of a selection without a metric are: small granules and small blocks,
 * which are cheap to decompress, so that little is read around each hit.
 */
const SCATTERED = 'index_granularity = 256, min_compress_block_size = 4096, max_compress_block_size = 8192';

const SERIES = `CREATE TABLE IF NOT EXISTS series (
  family UInt32 CODEC(Delta(4), ZSTD(1)),
  id UInt64,
  metric SimpleAggregateFunction(anyLast, String) CODEC(LZ4),
  labels SimpleAggregateFunction(anyLast, Map(String, String)) CODEC(LZ4),
  kv SimpleAggregateFunction(anyLast, Array(String)) CODEC(LZ4),
  path SimpleAggregateFunction(anyLast, String) CODEC(LZ4),
  type SimpleAggregateFunction(anyLast, UInt8),
  unit SimpleAggregateFunction(anyLast, String) CODEC(LZ4),
  first_seen SimpleAggregateFunction(min, DateTime),
  last_seen SimpleAggregateFunction(max, DateTime),
  INDEX ix_kv kv TYPE text(tokenizer = 'array')
) ENGINE = AggregatingMergeTree
ORDER BY (family, id)
SETTINGS ${SCATTERED}, old_parts_lifetime = 480, ${DURABLE}`;

const LABEL_VALUES = `CREATE TABLE IF NOT EXISTS label_values (
  key LowCardinality(String),
  value String CODEC(ZSTD(1)),
  last_seen SimpleAggregateFunction(max, DateTime)
) ENGINE = AggregatingMergeTree PRIMARY KEY key ORDER BY (key, value)
SETTINGS ${DURABLE}`;

const LABEL_VALUES_VIEW = `CREATE MATERIALIZED VIEW IF NOT EXISTS label_values_mv TO label_values AS
SELECT k AS key, val AS value, max(series.last_seen) AS last_seen
FROM series ARRAY JOIN mapKeys(labels) AS k, mapValues(labels) AS val GROUP BY key, value`;

/** Each path at level n, and its reverse at level 100 + n, for globs with a long end. */
const PATHS = `CREATE TABLE IF NOT EXISTS paths (
  level UInt8, path String CODEC(ZSTD(1)), family UInt32, id UInt64 CODEC(ZSTD(1)), last_seen DateTime
) ENGINE = ReplacingMergeTree(last_seen) ORDER BY (level, path)
SETTINGS ${DURABLE}`;

const PATHS_VIEW = `CREATE MATERIALIZED VIEW IF NOT EXISTS paths_mv TO paths AS
SELECT p.1 AS level, p.2 AS path, family, id, last_seen FROM (
  SELECT family, id, last_seen, splitByChar('.', path) AS n,
    arrayJoin([(toUInt8(length(n)), path), (toUInt8(100 + length(n)), arrayStringConcat(arrayReverse(n), '.'))]) AS p
  FROM series WHERE path != '')`;

const PATH_NODES = `CREATE TABLE IF NOT EXISTS path_nodes (
  parent String CODEC(LZ4), node String CODEC(LZ4), leaf UInt8,
  last_seen SimpleAggregateFunction(max, DateTime)
) ENGINE = AggregatingMergeTree ORDER BY (parent, node, leaf)
SETTINGS ${SCATTERED}, ${DURABLE}`;

const PATH_NODES_VIEW = `CREATE MATERIALIZED VIEW IF NOT EXISTS path_nodes_mv TO path_nodes AS
SELECT arrayStringConcat(arraySlice(n, 1, i - 1), '.') AS parent, n[i] AS node, toUInt8(i = length(n)) AS leaf,
  max(s.seen) AS last_seen
FROM (SELECT splitByChar('.', path) AS n, arrayJoin(arrayEnumerate(n)) AS i, last_seen AS seen
  FROM series WHERE path != '') AS s
GROUP BY parent, node, leaf`;

const LOGS = `CREATE TABLE IF NOT EXISTS logs (
  ts DateTime64(6) CODEC(Delta(8), ZSTD(1)), seq UInt64 CODEC(Delta(8), ZSTD(1)),
  service LowCardinality(String), host LowCardinality(String), source LowCardinality(String), severity UInt8,
  trace_id String CODEC(ZSTD(1)), span_id String CODEC(ZSTD(1)),
  resource Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  attrs Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  body String CODEC(ZSTD(1)),
  kv Array(String) ALIAS arrayMap((k, x) -> concat(k, '=', x), mapKeys(attrs), mapValues(attrs)),
  INDEX ix_body body TYPE text(tokenizer = 'splitByNonAlpha', preprocessor = lower(body)),
  INDEX ix_kv kv TYPE text(tokenizer = 'array'),
  INDEX ix_trace trace_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX ix_sev severity TYPE minmax GRANULARITY 1
) ENGINE = MergeTree
PARTITION BY toYYYYMMDD(ts)
ORDER BY (toStartOfInterval(ts, INTERVAL 10 MINUTE), service, host, ts)
SETTINGS old_parts_lifetime = 480, ${DEDUPLICATED}`;

const EVENTS = `CREATE TABLE IF NOT EXISTS events (
  ts DateTime64(3) CODEC(Delta(8), ZSTD(1)), kind LowCardinality(String),
  entity_id UInt64 CODEC(Delta(8), ZSTD(1)), rule_id UInt64 CODEC(Delta(8), ZSTD(1)), fp UInt64 CODEC(ZSTD(1)),
  state LowCardinality(String), prev_state LowCardinality(String), severity UInt8,
  value Float64 CODEC(ZSTD(1)), duration_ms UInt32 CODEC(T64, ZSTD(1)),
  labels Map(LowCardinality(String), String) CODEC(ZSTD(1)), message String CODEC(ZSTD(1)), data String CODEC(ZSTD(1)),
  INDEX ix_ts ts TYPE minmax GRANULARITY 1, INDEX ix_fp fp TYPE bloom_filter(0.01) GRANULARITY 1
) ENGINE = MergeTree
PARTITION BY toYYYYMM(ts)
ORDER BY (kind, entity_id, rule_id, ts)
SETTINGS old_parts_lifetime = 480, ${DEDUPLICATED}`;

/** Which batches are in the rollups already; as long as raw batches could come again. */
const ROLLUP_JOURNAL = `CREATE TABLE IF NOT EXISTS rollup_journal (
  token String, done_at DateTime
) ENGINE = MergeTree ORDER BY token TTL done_at + INTERVAL 30 DAY DELETE
SETTINGS ${DURABLE}`;

/** Everything of the first release, in order of dependence. */
export const FIRST_STATEMENTS: readonly string[] = [
  SAMPLES,
  rollupTable('samples_5m'),
  rollupTable('samples_1h'),
  HOURLY_VIEW,
  SERIES,
  LABEL_VALUES,
  LABEL_VALUES_VIEW,
  PATHS,
  PATHS_VIEW,
  PATH_NODES,
  PATH_NODES_VIEW,
  LOGS,
  EVENTS,
  ROLLUP_JOURNAL,
];
