export { createGraphiteSource } from './graphite-source.ts';
export { createMetrics, type Metrics } from './metrics.ts';
