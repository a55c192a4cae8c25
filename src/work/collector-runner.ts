import type { CollectorStatus } from '#core/api/status.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import type { EventSink, SampleSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import { CollectorTarget } from './collector-target.ts';
import { type CollectorsConfig, planCollectors } from './config.ts';
import { createLimiter } from './limiter.ts';

export type CollectorRunnerOptions = {
  /** By plugin id, as found by the scan of `src/plugins/collectors`. */
  readonly plugins: ReadonlyMap<string, CollectorPlugin>;
  readonly config: CollectorsConfig;
  /** The name of this machine: the `host` label of what names no other. */
  readonly host: string;
  readonly sink: SampleSink;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** Runs every configured collector on its schedule. */
export type CollectorRunner = {
  readonly start: () => void;
  /** Aborts what is under way; resolves when all instances are closed, within about 2 s. */
  readonly stop: () => Promise<void>;
  readonly statuses: () => readonly CollectorStatus[];
};

/** Runs under way at once, over all targets. */
const MOST_AT_ONCE = 200;

/** Checks the config (see {@link planCollectors} for what it throws) and prepares the targets; `start` sets them going. */
export function createCollectorRunner(options: CollectorRunnerOptions): CollectorRunner {
  const { plugins, config, ...surroundings } = options;
  const limiter = createLimiter(MOST_AT_ONCE);
  const planned = planCollectors(plugins, config);
  const targets = planned.map((target) => new CollectorTarget(target, { ...surroundings, limiter }));
  const stopping = new AbortController();
  let work: Promise<unknown> = Promise.resolve();

  return {
    start: () => {
      work = Promise.all(targets.map((target) => target.work(stopping.signal)));
    },
    stop: async () => {
      stopping.abort();
      await work;
    },
    statuses: () => targets.map((target) => target.status()),
  };
}
