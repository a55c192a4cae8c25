import { elasticRoutes } from '#api/elasticsearch/index.ts';
import { logRoutes } from '#api/logs/index.ts';
import type { Route } from '#core/route.ts';
import type { Clock } from '#io/clock.ts';
import { createLogSearch, type PatternNames } from '#query/logs/index.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';

/** Everything that is asked of stored logs. */
export function logApis(store: TelemetryStore, clock: Clock, patterns: PatternNames): Route[] {
  const logs = createLogSearch({ store, clock, patterns });
  return [...logRoutes(logs), ...elasticRoutes({ logs, clock })];
}
