import { defineCollector } from '#core/plugin/collector.ts';
import { addressText } from '#core/plugin/target-options.ts';
import { mysqlAlerts } from './alerts.ts';
import { addressOf, MysqlConfig } from './config.ts';
import { mysqlDashboard } from './dashboard.ts';
import { mysqlDiscovery } from './discovery.ts';
import { MYSQL_METRICS } from './metrics.ts';
import { MysqlSession } from './session.ts';

export default defineCollector<MysqlConfig>({
  title: 'MySQL',
  summary: 'Reads the state of a MySQL or MariaDB server: statements, connections, InnoDB, replication, Galera.',
  group: 'Data stores',
  config: MysqlConfig,
  metrics: MYSQL_METRICS,
  keyFigure: { metric: 'mysql_query_client_count_total' },
  defaultIntervalMs: 10_000,
  automatic: [],
  target: (config) => addressText(addressOf(config)),
  address: addressOf,
  discovery: mysqlDiscovery,
  dashboard: mysqlDashboard,
  alerts: mysqlAlerts,
  start: (config, context) => {
    const session = new MysqlSession(config, context);
    return {
      collect: ({ signal }) => session.collect(signal),
      close: async () => session.close(),
    };
  },
});
