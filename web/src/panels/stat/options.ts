import { z } from 'zod';
import { Figure } from '#web/panels/figure.ts';

/** Options of a stat panel. */
export const StatOptions = z.object({
  figure: Figure.default('last'),
  /** Draws the line behind the figure. */
  spark: z.boolean().default(true),
});
export type StatOptions = z.infer<typeof StatOptions>;
