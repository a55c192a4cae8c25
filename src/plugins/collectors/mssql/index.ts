import { defineCollector } from '#core/plugin/collector.ts';
import { addressText } from '#core/plugin/target-options.ts';
import { mssqlAlerts } from './alerts.ts';
import { addressOf, MssqlConfig } from './config.ts';
import { mssqlDashboard } from './dashboard.ts';
import { MSSQL_METRICS } from './metrics.ts';
import { MssqlSession } from './session.ts';

export default defineCollector<MssqlConfig>({
  title: 'Microsoft SQL Server',
  summary: 'Reads counters, databases, files and waits of a SQL Server from its dynamic management views.',
  group: 'Data stores',
  config: MssqlConfig,
  metrics: MSSQL_METRICS,
  defaultIntervalMs: 15_000,
  automatic: [],
  target: (config) => addressText(addressOf(config)),
  address: addressOf,
  dashboard: mssqlDashboard,
  alerts: mssqlAlerts,
  start: (config, context) => {
    const session = new MssqlSession(config, context);
    return { collect: ({ signal }) => session.collect(signal), close: async () => session.close() };
  },
});
