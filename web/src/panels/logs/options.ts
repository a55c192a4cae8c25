import { z } from 'zod';

/** Options of a log panel: what is searched for. */
export const LogsOptions = z.object({ query: z.string().max(16_384).default('') });
