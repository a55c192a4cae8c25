import { z } from 'zod';

/** Options of a list of dashboards. */
export const DashListOptions = z.object({
  /** Dashboards that have all of these; none = every dashboard. */
  tags: z.array(z.string()).default([]),
  /** Whose title has these words, in any case. */
  words: z.string().default(''),
  /** Shown at most; 0 = all. */
  limit: z.number().int().min(0).default(0),
  order: z.enum(['title', 'saved']).default('title'),
});
export type DashListOptions = z.infer<typeof DashListOptions>;
