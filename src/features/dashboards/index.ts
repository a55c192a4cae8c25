export { createDashboards, type Dashboards } from './dashboards.ts';
export { dashboardMigrations } from './tables.ts';
