import { defineCollector } from '#core/plugin/collector.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { addressText } from '#core/plugin/target-options.ts';
import { checkReads, openSql, openSqlite, type SqlConnection } from '#io/sql/index.ts';
import { sqlAlerts } from './alerts.ts';
import { columnMetrics } from './column-metrics.ts';
import { addressOf, SqlConfig } from './config.ts';
import { sqlDashboard } from './dashboard.ts';
import { SQL_METRICS } from './metrics.ts';
import { seriesOfRows } from './parse.ts';

export default defineCollector<SqlConfig>({
  title: 'SQL query',
  summary:
    'Asks a database a query of yours and makes each row of the answer a series: PostgreSQL, MySQL, MariaDB, SQLite.',
  group: 'Data stores',
  config: SqlConfig,
  metrics: SQL_METRICS,
  ownMetrics: columnMetrics,
  defaultIntervalMs: 60_000,
  automatic: [],
  target: (config) => `${config.name} on ${placeOf(config)}`,
  address: addressOf,
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
  const address = addressOf(config);
  return address === undefined ? (config.file ?? '') : addressText(address);
}

/** Queries are rare and databases many: no connection is kept for them. */
async function open(config: SqlConfig, context: TargetContext, signal: AbortSignal): Promise<SqlConnection> {
  const { database, file = '', password, schema, statementTimeout: statementTimeoutMs, ...rest } = config;
  if (database === 'sqlite') {
    context.checkFile(file);
    return openSqlite(file, statementTimeoutMs);
  }
  const secret = password === undefined ? '' : await context.secret(password);
  const address = addressOf(config);
  if (address === undefined) throw new Error(`${config.address} has passed the schema and is no address`);
  const fallback = database === 'postgresql' ? { database: 'postgres' } : {};
  const login = { ...rest, ...(schema === undefined ? fallback : { database: schema }), address, password: secret };
  return openSql(database, { ...login, statementTimeoutMs }, { sockets: context.probe, signal });
}
