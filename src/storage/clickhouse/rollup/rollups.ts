import type { Clock } from '#io/clock.ts';
import type { InTurn } from '#io/in-turn.ts';
import type { Logger } from '#io/log.ts';
import type { TelemetryStore } from '../telemetry-store.ts';
import type { RollupQueue } from './rollup-queue.ts';
import { RollupRebuild } from './rollup-rebuild.ts';
import type { SeriesSpan } from './rollup-tables.ts';
import { RollupWorker } from './rollup-worker.ts';

/** The rollups of the store, for those who read and delete samples. */
export type Rollups = {
  /** The time (ms) before which every stored sample is in the rollups, late ones too. */
  readonly until: () => number;
  /** Brings the rollups up to date with what is stored; by itself this happens every minute. Throws `unavailable`. */
  readonly rollUp: () => Promise<void>;
  /**
   * Deletes raw samples of the span by the given change and makes the rollups of its hours again of what is left, also
   * when the process ends in between. New samples wait for the latter. Throws what the change throws, `unavailable`.
   */
  readonly rebuild: (span: SeriesSpan, change: () => Promise<void>) => Promise<void>;
};

export type RollupsOptions = {
  readonly store: TelemetryStore;
  /** Servers roll up by a view, the embedded engine by a worker. */
  readonly kind: 'embedded' | 'server';
  readonly queue: RollupQueue;
  /** All inserts of samples. */
  readonly inserts: InTurn;
  readonly clock: Clock;
  readonly logger: Logger;
};

/**
 * What is stored just now is read as it came, even where a view rolls up at once. Batches wait in the queue from the
 * moment that their samples can be queried.
 */
const MARGIN_MS = 60_000;

/** Puts together what keeps the rollups right. `start` when the engine is up, and before samples come in. */
export function createRollups(options: RollupsOptions) {
  const { store, kind, queue, inserts, clock, logger } = options;
  const worker = new RollupWorker({ store, queue, clock, logger, before: () => rebuild.finish() });
  const rollUp = (): Promise<void> => (kind === 'embedded' ? worker.rollUp() : Promise.resolve());
  const { directory } = queue;
  const rebuild = new RollupRebuild({ store, directory, rollUp, withoutInserts: (work) => inserts.run(work) });
  const rollups: Rollups = {
    until: () => Math.min(clock.now() - MARGIN_MS, queue.earliest, rebuild.earliest),
    rollUp,
    rebuild: (span, change) => rebuild.run(span, change),
  };
  return {
    ...rollups,
    open: async (): Promise<void> => {
      await queue.open();
      await rebuild.open();
    },
    start: async (): Promise<void> => {
      if (kind === 'embedded') worker.start();
      await rebuild.finish();
    },
    stop: (): Promise<void> => worker.stop(),
  };
}
