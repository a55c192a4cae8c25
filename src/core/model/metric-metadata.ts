/** Types of metrics as OpenMetrics names them. */
export const METRIC_TYPES = [
  'unknown',
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
] as const;
export type MetricType = (typeof METRIC_TYPES)[number];

/** What a sender says about a metric (family): type, unit (may be ''), help (may be ''). */
export type MetricMetadata = {
  readonly metric: string;
  readonly type: MetricType;
  readonly unit: string;
  readonly help: string;
};
