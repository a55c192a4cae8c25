export { createLogMetrics } from './log-metrics.ts';
export { logMetricMigrations } from './tables.ts';
export { webAccessDashboard } from './web-access-dashboard.ts';
