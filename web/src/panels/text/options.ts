import { z } from 'zod';

/** Options of a text panel. */
export const TextOptions = z.object({ markdown: z.string().max(20_000).default('') });
export type TextOptions = z.infer<typeof TextOptions>;
