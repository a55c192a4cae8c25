import { z } from 'zod';
import { Lifetime } from '#core/units/duration-option.ts';
import { Size } from '#core/units/size.ts';

/** `*` in a name stands for any characters; what is not named fits all. Values count for lines from then on. */
const LogStream = z.strictObject({ service: z.string().optional(), source: z.string().optional(), keep: Lifetime });
export type LogStream = z.infer<typeof LogStream>;

/** Rollups are kept at least as long as what they are made of: a query may read the coarser table wherever it is enough. */
const Retention = z
  .strictObject({
    /** Every sample and histogram as it came. */
    raw: Lifetime.prefault('14d'),
    /** Minimum, maximum, sum, count and last value per 5 minutes. */
    fiveMinutes: Lifetime.prefault('180d'),
    /** The same per hour. */
    hourly: Lifetime.prefault('2y'),
    logs: Lifetime.prefault('14d'),
    /** Logs of some services or sources that are kept longer or shorter, in whole days; the first that fits counts. */
    logStreams: z.array(LogStream).default([]),
    events: Lifetime.prefault('400d'),
  })
  .transform((kept) => {
    const fiveMinutes = Math.max(kept.raw, kept.fiveMinutes);
    return { ...kept, fiveMinutes, hourly: Math.max(fiveMinutes, kept.hourly) };
  });

/** Options of the telemetry store. */
export const TelemetryConfig = z.strictObject({
  retention: Retention.prefault({}),
  logs: z
    .strictObject({
      /** `text` finds any word at once, `bloom` costs less and only skips, `none` reads everything. For new parts. */
      index: z.enum(['text', 'bloom', 'none']).default('text'),
    })
    .prefault({}),
  /** What the embedded engine may use for queries, inserts and merges together. */
  memoryBudget: Size.prefault('900MiB'),
});
export type TelemetryConfig = z.infer<typeof TelemetryConfig>;
