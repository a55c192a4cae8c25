import { defineCollector } from '#core/plugin/collector.ts';
import { addressText } from '#core/plugin/target-options.ts';
import { postgresqlAlerts } from './alerts.ts';
import { addressOf, PostgresqlConfig } from './config.ts';
import { postgresqlDashboard } from './dashboard.ts';
import { postgresqlDiscovery } from './discovery.ts';
import { POSTGRESQL_METRICS } from './metrics.ts';
import { PostgresqlSession } from './session.ts';

export default defineCollector<PostgresqlConfig>({
  title: 'PostgreSQL',
  summary:
    'Reads the statistics of a PostgreSQL server: activity, databases, locks, replication, WAL, tables, statements.',
  group: 'Data stores',
  config: PostgresqlConfig,
  metrics: POSTGRESQL_METRICS,
  keyFigure: { metric: 'postgresql_commits_total' },
  defaultIntervalMs: 10_000,
  automatic: [],
  target: (config) => addressText(addressOf(config)),
  address: addressOf,
  discovery: postgresqlDiscovery,
  dashboard: postgresqlDashboard,
  alerts: postgresqlAlerts,
  start: (config, context) => {
    const session = new PostgresqlSession(config, context);
    return {
      collect: ({ signal }) => session.collect(signal),
      close: async () => session.close(),
    };
  },
});
