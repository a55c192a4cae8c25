import { defineCollector } from '#core/plugin/collector.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { addressText } from '#core/plugin/target-options.ts';
import { columnMetrics } from '#core/sql/column-metrics.ts';
import { seriesOfRows } from '#core/sql/series-of-rows.ts';
import { sqlAddress } from '#core/sql/sql-target-options.ts';
import { checkReads, openDatabase, type SqlConnection } from '#io/sql/index.ts';
import { sqlAlerts } from './alerts.ts';
import { SqlConfig } from './config.ts';
import { sqlDashboard } from './dashboard.ts';
import { SQL_METRICS } from './metrics.ts';

export default defineCollector<SqlConfig>({
  title: 'SQL query',
  summary:
    'Asks a database a query of yours and makes each row of the answer a series: PostgreSQL, MySQL, MariaDB, SQLite.',
  group: 'Data stores',
  config: SqlConfig,
  metrics: SQL_METRICS,
  keyFigure: { metric: 'sql_rows' },
  ownMetrics: columnMetrics,
  defaultIntervalMs: 60_000,
  automatic: [],
  target: (config) => `${config.name} on ${placeOf(config)}`,
  address: sqlAddress,
  dashboard: sqlDashboard,
  alerts: sqlAlerts,
  start: (config, context) => ({
    collect: async ({ signal }) => {
      const connection = await open(config, context, signal);
      try {
        checkReads(config.query);
        const started = performance.now();
        const { parameters, maxRows } = config;
        const answer = await connection.query(config.query, { signal, parameters, maxRows, isForeign: true });
        const took = (performance.now() - started) / 1_000;
        const { values, ...rest } = seriesOfRows(config, answer, Date.now());
        const duration = { metric: 'sql_query_duration_seconds', labels: { query: config.name }, value: took };
        return { values: [...values, duration], ...rest };
      } finally {
        connection.close();
      }
    },
  }),
});

function placeOf(config: SqlConfig): string {
  const address = sqlAddress(config);
  return address === undefined ? (config.file ?? '') : addressText(address);
}

/** Queries are rare and databases many: no connection is kept for them. */
function open(config: SqlConfig, context: TargetContext, signal: AbortSignal): Promise<SqlConnection> {
  if (config.database === 'sqlite') context.checkFile(config.file ?? '');
  return openDatabase(config, { sockets: context.probe, secret: context.secret, signal });
}
