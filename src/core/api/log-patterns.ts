import { z } from 'zod';
import type { LogStats } from './logs.ts';

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

/** What users have said about patterns. */
export const PatternEdits = z.strictObject({
  names: z.record(PatternId, z.string()).default({}),
  merges: z.record(PatternId, PatternId).default({}),
  splits: z.record(PatternId, z.number().int().min(0).max(95)).default({}),
  pins: z.array(PatternId).default([]),
  mutes: z.array(PatternId).default([]),
});
export type PatternEdits = z.infer<typeof PatternEdits>;

/** `POST /api/log-patterns`: the patterns of the lines that a query finds. */
export const PatternListRequest = z.strictObject({
  query: z.string().max(16_384).default(''),
  /** [from, to) in ms. */
  from: z.number().min(0),
  to: z.number().min(0).max(4e12),
  /** Points of each trend. */
  points: z.number().int().min(1).max(200).default(40),
  limit: z.number().int().min(1).max(2_000).default(300),
});
export type PatternListRequest = z.infer<typeof PatternListRequest>;

/**
 * `new`: first seen within a day, and not on the first day of its service. `surging`: far more lines than in the time
 * before. `vanished`: it came regularly and has not come for long, while its service goes on.
 */
export const PATTERN_MARKS = ['new', 'surging', 'vanished'] as const;
export type PatternMark = (typeof PATTERN_MARKS)[number];

export type LogPattern = {
  readonly id: PatternId;
  readonly name: string;
  readonly service: string;
  /** Empty where nothing but its id is known any more. */
  readonly words: readonly string[];
  /** Lines in the range, and in the time of the same length before it. */
  readonly count: number;
  readonly before: number;
  readonly trend: readonly number[];
  /** Times of its first and last line ever, ms; 0: unknown. */
  readonly first: number;
  readonly last: number;
  readonly marks: readonly PatternMark[];
  readonly isPinned: boolean;
  readonly isMuted: boolean;
  readonly isOther: boolean;
  /** It has a series `log_pattern_lines_total{pattern="<id>"}`. */
  readonly hasSeries: boolean;
  /** Which word of it tells its lines apart; absent: none. */
  readonly splitAt?: number;
  /** The one whose lines it takes apart. */
  readonly splitFrom?: PatternId;
  /** Those that users merged into it. */
  readonly merged: readonly { readonly id: PatternId; readonly words: readonly string[] }[];
};

export type PatternListAnswer = {
  readonly patterns: readonly LogPattern[];
  /** Patterns beyond the limit, and their lines. */
  readonly more: number;
  readonly moreLines: number;
  /** Lines in the range, and those of them without a pattern. */
  readonly total: number;
  readonly without: number;
  readonly stats: LogStats;
};

/** A pattern that came less often is not missed when it stays away. */
export const MIN_REGULAR_LINES = 10;

export const MAX_PATTERN_NAME = 120;

/** `PUT /api/log-patterns/:id`: what is given is changed. */
export const PatternChange = z.strictObject({
  /** '' takes the name away. */
  name: z.string().trim().max(MAX_PATTERN_NAME).optional(),
  pinned: z.boolean().optional(),
  muted: z.boolean().optional(),
  /** The word by which its lines are told apart from now on; null: they are together again. */
  splitAt: z.number().int().min(0).max(95).nullable().optional(),
});
export type PatternChange = z.infer<typeof PatternChange>;

/** `POST /api/log-patterns/merge`: the first ones count for the last one from now on, also in the past. */
export const PatternMergeRequest = z.strictObject({ ids: z.array(PatternId).min(1).max(200), into: PatternId });
export type PatternMergeRequest = z.infer<typeof PatternMergeRequest>;

/** `POST /api/log-patterns/separate`: it stands for itself again. */
export const PatternSeparateRequest = z.strictObject({ id: PatternId });
