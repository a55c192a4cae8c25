export { QueryConfig } from './config.ts';
export { createGraphiteSource } from './graphite-source.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export type { TsdbStatistics } from './prom-source-statistics.ts';
export type { SeriesEraser } from './series-eraser.ts';
