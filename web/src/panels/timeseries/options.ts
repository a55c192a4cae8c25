import { z } from 'zod';

/** Options of a time series panel. */
export const TimeSeriesOptions = z.object({
  style: z.enum(['line', 'bars', 'points']).default('line'),
  stack: z.boolean().default(false),
  /** Opacity of the area, 0..1. */
  fill: z.number().min(0).max(1).default(0),
  legend: z.enum(['none', 'inline', 'table']).default('inline'),
});
export type TimeSeriesOptions = z.infer<typeof TimeSeriesOptions>;
