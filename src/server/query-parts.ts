import type { Clock } from '#io/clock.ts';
import type { LogSearch } from '#query/logs/index.ts';
import { createGraphiteSource, type Metrics } from '#query/metrics/index.ts';
import { createPromEngine } from '#query/promql/engine.ts';
import { createSqlRunner } from '#query/sql/index.ts';
import { createTextQueries } from '#query/text/index.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import type { Config } from './config/schema.ts';

export type QueryParts = ReturnType<typeof createQueryParts>;

export type QueryPartsOptions = {
  readonly config: Config;
  readonly store: TelemetryStore;
  readonly metrics: Metrics;
  readonly logs: LogSearch;
  readonly clock: Clock;
};

/** The languages, each once, for all who ask in them. */
export function createQueryParts({ config, store, metrics, logs, clock }: QueryPartsOptions) {
  const languages = {
    promql: createPromEngine(metrics.prom),
    graphite: createGraphiteSource(metrics, { ...config.graphite, store }),
    sql: createSqlRunner(store),
    logs,
  };
  return { ...languages, texts: createTextQueries({ metrics, clock, ...languages }) };
}
