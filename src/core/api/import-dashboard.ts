import { z } from 'zod';
import { FidelityReport } from '#core/grafana/report.ts';
import { Dashboard } from './dashboard.ts';

/**
 * `POST /api/dashboards/import` stores a dashboard of another product with what became of it, and answers the stored
 * dashboard; `GET /api/dashboards/:id/import-report` gives the report again, 404 when it was not imported.
 */
export const ImportDashboardRequest = z.strictObject({ dashboard: Dashboard, report: FidelityReport });
export type ImportDashboardRequest = z.infer<typeof ImportDashboardRequest>;
