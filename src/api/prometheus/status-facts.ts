import type { TsdbStatistics } from '#query/metrics/index.ts';

/** What the status pages tell; times in ms. */
export type StatusFacts = {
  readonly version: string;
  readonly startedAt: number;
  readonly isReady: () => boolean;
  /** How long raw samples are kept, ms; infinite: for ever. */
  readonly retentionMs: number;
  readonly activeSeries: () => number;
  readonly statistics: (limit: number) => Promise<TsdbStatistics>;
};
