import { createCardinality, ReadTracker } from '#features/cardinality/index.ts';
import { createLogRules } from '#features/log-rules/index.ts';
import { createMapping } from '#features/mapping/index.ts';
import { createRecording } from '#features/recording/index.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { Ingest } from '#pipeline/ingest.ts';
import { createLogSearch, type PatternNames } from '#query/logs/index.ts';
import { createGraphiteSource, type Metrics } from '#query/metrics/index.ts';
import { createPromEngine, type PromEngine } from '#query/promql/engine.ts';
import { createSqlRunner } from '#query/sql/index.ts';
import { createTextQueries } from '#query/text/index.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import type { StateDb } from '#storage/postgres/index.ts';
import { slots } from '#work/schedule.ts';
import type { Config } from './config/schema.ts';

export type RulePartsOptions = {
  readonly config: Config;
  readonly db: StateDb;
  readonly store: TelemetryStore;
  readonly ingest: Ingest;
  readonly metrics: Metrics;
  readonly reads: ReadTracker;
  readonly patterns: PatternNames;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** What follows rules of the operator, and what shows where they would help. */
export function createRuleParts(options: RulePartsOptions) {
  const { db, store, ingest, metrics, reads, clock, logger } = options;
  const { events } = ingest;
  const engine = createPromEngine(metrics.prom);
  const recording = createRecording({
    ...{ db, events, clock, sink: ingest.records, stored: () => ingest.stored() },
    engine,
    texts: ruleTexts(options, engine),
    slots: (intervalMs, signal) => slots({ intervalMs, offsetMs: 0 }, clock, signal),
  });
  const mapping = createMapping({ db, store, metrics, ingest, events, clock });
  const cardinality = createCardinality({ store, reads, sources: () => ingest.sources(), clock });
  const logRules = createLogRules({
    ...{ db, ingest, events, clock, logs: createLogSearch({ store, clock }), geoip: options.config.ingest.geoip },
  });
  return {
    recording,
    ruleRoutes: [...mapping.routes, ...recording.routes, ...cardinality.routes, ...logRules.routes],
    /** To be called when the stores answer. */
    startRules: async (): Promise<void> => {
      await mapping.start();
      await logRules.start();
      await reads.start({ db, clock, logger });
      await recording.start();
    },
    stopRules: async (): Promise<void> => {
      await recording.stop();
      await reads.stop();
      await logRules.stop();
    },
  };
}

function ruleTexts({ config, store, metrics, patterns, clock }: RulePartsOptions, promql: PromEngine) {
  const graphite = createGraphiteSource(metrics, { ...config.graphite, store });
  return createTextQueries({
    metrics,
    promql,
    graphite,
    sql: createSqlRunner(store),
    logs: createLogSearch({ store, clock, patterns }),
    clock,
  });
}
