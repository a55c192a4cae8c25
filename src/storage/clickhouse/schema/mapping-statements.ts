import { DURABLE } from './statements.ts';

/**
 * The families in which series with a mapped name lie: those of the last nodes of their paths, since the order key of a
 * series never changes. More than there are now, never fewer.
 */
const MAPPED_NAMES = `CREATE TABLE IF NOT EXISTS mapped_names (
  name String CODEC(ZSTD(1)), family UInt32, last_seen DateTime
) ENGINE = ReplacingMergeTree(last_seen) ORDER BY (name, family)
SETTINGS ${DURABLE}`;

const MAPPED_NAMES_VIEW = `CREATE MATERIALIZED VIEW IF NOT EXISTS mapped_names_mv TO mapped_names AS
SELECT metric AS name, family, max(series.last_seen) AS last_seen
FROM series WHERE path NOT IN ('', metric) AND notEmpty(labels) GROUP BY name, family`;

/** What finds paths by the names that rules give them. */
export const MAPPING_STATEMENTS: readonly string[] = [MAPPED_NAMES, MAPPED_NAMES_VIEW];
