/** Label matchers as in PromQL; regular expressions are RE2, anchored at both ends. */
export const MATCH_OPERATORS = ['=', '!=', '=~', '!~'] as const;

/** How many conditions, and labels to aggregate by, a query may have. */
export const MAX_MATCHERS = 32;
export const MAX_GROUP_LABELS = 16;

/** A condition on a label. */
export type Matcher = { label: string; op: (typeof MATCH_OPERATORS)[number]; value: string };

/** What is done to each series before aggregation. `rate` is per second and knows counter resets. */
export const SERIES_FUNCTIONS = ['raw', 'rate', 'increase', 'delta'] as const;
export type SeriesFunction = (typeof SERIES_FUNCTIONS)[number];

export const AGGREGATIONS = ['sum', 'avg', 'min', 'max', 'count'] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

/**
 * The query of a panel in the product's first language, a subset of PromQL:
 * `sum by (cpu_mode) (rate(system_cpu_time_seconds_total{host="web-1"}))`.
 * A matcher on `__name__` names the metric; `__path__` with `=~`-less `=` matches Graphite paths by glob.
 */
export type MetricQuery = {
  matchers: Matcher[];
  fn: SeriesFunction;
  aggregate?: { op: Aggregation; by: string[] } | undefined;
};

/** The pseudo label whose `=` matcher is a Graphite path glob (`servers.*.cpu`). */
export const PATH_LABEL = '__path__';
