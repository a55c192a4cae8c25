import { z } from 'zod';

/** An end of a time range as the web UI writes it: `now`, `now-1h`, or digits: ms since the epoch. */
const Moment = z.string().regex(/^(?:now(?:-\d+[a-z]{1,2})?|\d{1,16})$/);

/** A search of logs that somebody keeps. */
export const SearchDraft = z.strictObject({
  name: z.string().trim().min(1).max(120),
  /** Text of a log query. */
  query: z.string().max(16 * 1024),
  /** Fields shown as columns; none: the usual ones. */
  columns: z.array(z.string().min(1).max(256)).max(50).default([]),
  order: z.enum(['newest', 'oldest']).default('newest'),
  /** The time it is about; absent: that of whoever opens it. */
  range: z.strictObject({ from: Moment, to: Moment }).optional(),
  /** Everybody sees it; only its owner and administrators change it. */
  shared: z.boolean().default(false),
});
export type SearchDraft = z.infer<typeof SearchDraft>;

/** `PUT /api/saved-searches/:id`: over the version that was edited. */
export const SaveSearchRequest = z.strictObject({ version: z.number().int().min(1), search: SearchDraft });
export type SaveSearchRequest = z.infer<typeof SaveSearchRequest>;

/** A stored search as the API gives it. */
export type SavedSearch = {
  readonly id: string;
  readonly version: number;
  readonly search: SearchDraft;
  /** Name of who made it. */
  readonly owner: string;
  /** The caller may change it. */
  readonly canChange: boolean;
  readonly updatedAt: number;
};
