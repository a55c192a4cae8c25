import type { KnownPattern, PatternOrders } from './api/log-patterns.ts';

/** Patterns of services (undefined: of all) that came last within a time, ms, and came often. */
export type GonePatterns = {
  readonly services: readonly string[] | undefined;
  readonly after: number;
  readonly before: number;
};

/** The patterns of log lines, as the intake finds them. */
export type LogPatternIntake = {
  /** Ids of patterns that have become a part of others, with what they are now. */
  readonly aliases: ReadonlyMap<string, string>;
  /** What is known of the patterns with these ids, or of what they have become a part of, and of those that are gone. Empty without a running intake. */
  readonly known: (ids: readonly string[], gone?: GonePatterns) => Promise<readonly KnownPattern[]>;
  /** What users want; kept beside the spool, too. */
  readonly setOrders: (orders: PatternOrders) => void;
};
