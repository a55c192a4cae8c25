export { createLogMetrics, type LogMetrics } from './log-metrics.ts';
export { logMetricMigrations } from './tables.ts';
