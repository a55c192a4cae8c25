import type { KnownPattern, PatternOrders } from './api/log-patterns.ts';

/** The patterns of log lines, as the intake finds them. */
export type LogPatternIntake = {
  /** Ids of patterns that have become a part of others, with what they are now. */
  readonly aliases: ReadonlyMap<string, string>;
  /** What is known of the patterns with these ids, or of what they have become a part of. Empty without a running intake. */
  readonly known: (ids: readonly string[]) => Promise<readonly KnownPattern[]>;
  /** What users want; kept beside the spool, too. */
  readonly setOrders: (orders: PatternOrders) => void;
};
