import { createCardinality, ReadTracker } from '#features/cardinality/index.ts';
import { createLogMetrics } from '#features/log-metrics/index.ts';
import { createLogRules } from '#features/log-rules/index.ts';
import { createMapping } from '#features/mapping/index.ts';
import { createRecording } from '#features/recording/index.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { Ingest } from '#pipeline/ingest.ts';
import type { Metrics, SeriesEraser } from '#query/metrics/index.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import type { StateDb } from '#storage/postgres/index.ts';
import { slots } from '#work/schedule.ts';
import type { Config } from './config/schema.ts';
import type { QueryParts } from './query-parts.ts';

export type RulePartsOptions = {
  readonly config: Config;
  readonly db: StateDb;
  readonly store: TelemetryStore;
  readonly ingest: Ingest;
  readonly metrics: Metrics;
  readonly reads: ReadTracker;
  readonly queries: QueryParts;
  readonly eraser: SeriesEraser;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** What follows rules of the operator, and what shows where they would help. */
export function createRuleParts(options: RulePartsOptions) {
  const { db, store, ingest, metrics, reads, queries, clock, logger } = options;
  const { events } = ingest;
  const recording = createRecording({
    ...{ db, events, clock, sink: ingest.records, stored: () => ingest.stored() },
    ...{ engine: queries.promql, texts: queries.texts },
    slots: (intervalMs, signal) => slots({ intervalMs, offsetMs: 0 }, clock, signal),
  });
  const mapping = createMapping({ db, store, metrics, ingest, events, clock });
  const cardinality = createCardinality({ store, reads, sources: () => ingest.sources(), clock });
  const logRules = createLogRules({
    ...{ db, ingest, events, clock, logs: queries.logs, geoip: options.config.ingest.geoip },
  });
  const logMetrics = createLogMetrics({
    ...{ db, events, clock, logger, metrics, eraser: options.eraser, logs: queries.logs, sink: ingest.records },
    settled: () => ingest.settled(),
  });
  return {
    recording,
    noticeLines: logMetrics.noticeLines,
    ruleRoutes: [mapping, recording, cardinality, logRules, logMetrics].flatMap(({ routes }) => routes),
    /** To be called when the stores answer. */
    startRules: async (): Promise<void> => {
      await mapping.start();
      await logRules.start();
      await reads.start({ db, clock, logger });
      await recording.start();
      await logMetrics.start();
    },
    stopRules: async (): Promise<void> => {
      await Promise.all([recording.stop(), logMetrics.stop()]);
      await reads.stop();
      await logRules.stop();
    },
  };
}
