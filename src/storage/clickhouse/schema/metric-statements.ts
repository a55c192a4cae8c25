import { DEDUPLICATED, DURABLE } from './statements.ts';

const SERIES_TIME = `family UInt32 CODEC(Delta(4), ZSTD(1)),
  id UInt64 CODEC(Delta(8), ZSTD(1)),
  t DateTime64(3) CODEC(Delta(8), ZSTD(1))`;

const buckets = (side: string): string => `${side}_offsets Array(Int32) CODEC(ZSTD(1)),
  ${side}_lengths Array(UInt32) CODEC(ZSTD(1)),
  ${side}_counts Array(Float64) CODEC(ZSTD(1))`;

/** Native histograms (`core/model/histogram`); `counter_reset` is the position in RESET_HINTS. */
const HISTOGRAMS = `CREATE TABLE IF NOT EXISTS histograms (
  ${SERIES_TIME},
  schema Int8,
  counter_reset UInt8,
  count Float64 CODEC(ZSTD(1)),
  sum Float64 CODEC(ZSTD(1)),
  zero_threshold Float64 CODEC(ZSTD(1)),
  zero_count Float64 CODEC(ZSTD(1)),
  ${buckets('pos')},
  ${buckets('neg')},
  custom_values Array(Float64) CODEC(ZSTD(1))
) ENGINE = MergeTree
PARTITION BY toYYYYMMDD(t)
ORDER BY (family, id, t)
SETTINGS old_parts_lifetime = 480, ${DEDUPLICATED}`;

const EXEMPLARS = `CREATE TABLE IF NOT EXISTS exemplars (
  ${SERIES_TIME},
  v Float64 CODEC(ZSTD(1)),
  labels Map(LowCardinality(String), String) CODEC(ZSTD(1))
) ENGINE = MergeTree
PARTITION BY toYYYYMMDD(t)
ORDER BY (family, id, t)
SETTINGS old_parts_lifetime = 480, ${DEDUPLICATED}`;

const METRIC_METADATA = `CREATE TABLE IF NOT EXISTS metric_metadata (
  metric String CODEC(ZSTD(1)),
  type LowCardinality(String),
  unit String CODEC(ZSTD(1)),
  help String CODEC(ZSTD(1)),
  last_seen DateTime
) ENGINE = ReplacingMergeTree(last_seen) ORDER BY metric
SETTINGS ${DURABLE}`;

/** What stands beside samples: native histograms, exemplars, and what senders say about metrics. */
export const METRIC_STATEMENTS: readonly string[] = [HISTOGRAMS, EXEMPLARS, METRIC_METADATA];
