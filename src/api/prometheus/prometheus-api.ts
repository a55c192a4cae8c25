import type { RulesProvider } from '#core/api/recording.ts';
import type { TargetsProvider } from '#core/api/targets.ts';
import type { Clock } from '#io/clock.ts';
import type { SeriesEraser } from '#query/metrics/index.ts';
import type { PromEngine } from '#query/promql/engine.ts';
import type { PromSource } from '#query/promql/source.ts';
import type { StatusFacts } from './status-facts.ts';

/** What every route of the Prometheus API reads. */
export type PrometheusApi = {
  readonly source: PromSource;
  readonly engine: PromEngine;
  readonly clock: Clock;
  readonly targets: TargetsProvider;
  readonly rules: RulesProvider;
  readonly status: StatusFacts;
  readonly eraser: SeriesEraser;
  /** Resolves when what senders have been answered for can be queried, or soon after when that takes too long. */
  readonly settled: () => Promise<void>;
};
