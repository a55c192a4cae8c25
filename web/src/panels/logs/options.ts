import { z } from 'zod';

/** Options of a log panel: what is searched for, the columns (none: the usual ones), which line comes first. */
export const LogsOptions = z.object({
  query: z.string().max(16_384).default(''),
  columns: z.array(z.string().min(1).max(256)).max(50).default([]),
  order: z.enum(['newest', 'oldest']).default('newest'),
});
