export { createDashboards, type Dashboards, type DashboardsOptions } from './dashboards.ts';
export { dashboardMigrations } from './tables.ts';
