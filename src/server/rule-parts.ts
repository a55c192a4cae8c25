import { createCardinality, ReadTracker } from '#features/cardinality/index.ts';
import { createMapping } from '#features/mapping/index.ts';
import { createRecording } from '#features/recording/index.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { Ingest } from '#pipeline/ingest.ts';
import type { Metrics } from '#query/metrics/index.ts';
import { createPromEngine } from '#query/promql/engine.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import type { StateDb } from '#storage/postgres/index.ts';
import { slots } from '#work/schedule.ts';

export type RulePartsOptions = {
  readonly db: StateDb;
  readonly store: TelemetryStore;
  readonly ingest: Ingest;
  readonly metrics: Metrics;
  readonly reads: ReadTracker;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** What follows rules of the operator, and what shows where they would help. */
export function createRuleParts({ db, store, ingest, metrics, reads, clock, logger }: RulePartsOptions) {
  const { events } = ingest;
  const recording = createRecording({
    ...{ db, events, clock, sink: ingest.records, stored: () => ingest.stored() },
    engine: createPromEngine(metrics.prom),
    slots: (intervalMs, signal) => slots({ intervalMs, offsetMs: 0 }, clock, signal),
  });
  const mapping = createMapping({ db, store, metrics, ingest, events, clock });
  const cardinality = createCardinality({ store, reads, clock });
  return {
    recording,
    ruleRoutes: [...mapping.routes, ...recording.routes, ...cardinality.routes],
    /** To be called when the stores answer. */
    startRules: async (): Promise<void> => {
      await mapping.start();
      await reads.start({ db, clock, logger });
      await recording.start();
    },
    stopRules: async (): Promise<void> => {
      await recording.stop();
      await reads.stop();
    },
  };
}
