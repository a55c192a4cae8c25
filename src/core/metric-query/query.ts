import { z } from 'zod';

/** Label matchers as in PromQL; regular expressions are RE2, anchored at both ends. */
export const MATCH_OPERATORS = ['=', '!=', '=~', '!~'] as const;

export const Matcher = z.strictObject({
  label: z.string().min(1),
  op: z.enum(MATCH_OPERATORS),
  value: z.string(),
});
export type Matcher = z.infer<typeof Matcher>;

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
export const MetricQuery = z.strictObject({
  matchers: z.array(Matcher).min(1).max(32),
  fn: z.enum(SERIES_FUNCTIONS).default('raw'),
  aggregate: z.strictObject({ op: z.enum(AGGREGATIONS), by: z.array(z.string()).max(16) }).optional(),
});
export type MetricQuery = z.infer<typeof MetricQuery>;

/** The pseudo label whose `=` matcher is a Graphite path glob (`servers.*.cpu`). */
export const PATH_LABEL = '__path__';
