import { gauge, type MetricTable } from '#core/plugin/metric.ts';

/** Series of every query; those of its columns are beside them. */
export const SQL_METRICS = {
  sql_rows: gauge('', 'Rows of the last answer, at most as many as are wanted.', ['query']),
  sql_query_duration_seconds: gauge('seconds', 'How long the query took, the login not among it.', ['query']),
  sql_fresh: gauge('', '1 when the newest time is as fresh as it has to be, else 0.', ['query']),
} as const satisfies MetricTable;
