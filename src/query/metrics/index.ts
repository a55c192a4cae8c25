export { createGraphiteSource } from './graphite-source.ts';
export { createMetrics, type Metrics, type MetricsOptions } from './metrics.ts';
export type { RangeAnswer } from './range.ts';
export type { Retention } from './resolution.ts';
