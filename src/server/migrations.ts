import { accessMigrations } from '#features/access/index.ts';
import { readMigrations } from '#features/cardinality/index.ts';
import { collectorMigrations } from '#features/collectors/index.ts';
import { dashboardMigrations } from '#features/dashboards/index.ts';
import { logMetricMigrations } from '#features/log-metrics/index.ts';
import { logRuleMigrations } from '#features/log-rules/index.ts';
import { recordingMigrations } from '#features/recording/index.ts';
import { savedSearchMigrations } from '#features/saved-searches/index.ts';
import { documentMigrations, type Migrations } from '#storage/postgres/index.ts';
import { secretMigrations } from '#storage/secrets/index.ts';

/** The schema of the state database: what each feature brings, applied in the order of the names. */
export const stateMigrations: Migrations = {
  ...accessMigrations,
  ...collectorMigrations,
  ...dashboardMigrations,
  ...documentMigrations,
  ...logRuleMigrations,
  ...logMetricMigrations,
  ...readMigrations,
  ...recordingMigrations,
  ...secretMigrations,
  ...savedSearchMigrations,
};
