import { z } from 'zod';

/** A pattern's id: 64 bits as 16 hex digits. */
export const PatternId = z.string().regex(/^[0-9a-f]{16}$/, 'a pattern has an id of 16 hex digits');
export type PatternId = z.infer<typeof PatternId>;

/** What of the users' wishes the intake has to know. */
export const PatternOrders = z.strictObject({
  /** Which word tells the lines of a pattern apart, from 0. */
  splits: z.record(PatternId, z.number().int().min(0).max(95)),
  /** Patterns that count for another one. */
  merges: z.record(PatternId, PatternId),
  /** Patterns that always have a series. */
  pins: z.array(PatternId),
});
export type PatternOrders = z.infer<typeof PatternOrders>;

export const NO_PATTERN_ORDERS: PatternOrders = { splits: {}, merges: {}, pins: [] };

/** What the intake knows of a pattern. */
export type KnownPattern = {
  readonly id: PatternId;
  readonly service: string;
  /** Its words; `<*>` stands for what varies. */
  readonly words: readonly string[];
  /** Lines since it was first seen. */
  readonly count: number;
  /** Times of its first and last line, ms. */
  readonly first: number;
  readonly last: number;
  /** It holds lines for which there was no room. */
  readonly isOther: boolean;
  /** The one whose lines it takes apart. */
  readonly splitFrom: PatternId | undefined;
  /** Times of the first and last line of its service. */
  readonly serviceFirst: number;
  readonly serviceLast: number;
  /** It has a series of its own. */
  readonly hasSeries: boolean;
};
