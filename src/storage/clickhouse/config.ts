import { z } from 'zod';
import { Duration } from '#core/units/duration.ts';
import { Size } from '#core/units/size.ts';

const Retention = z.strictObject({
  /** Every sample as it came. */
  raw: Duration.prefault('14d'),
  /** Minimum, maximum, sum, count and last value per 5 minutes. */
  fiveMinutes: Duration.prefault('180d'),
  /** The same per hour. */
  hourly: Duration.prefault('2y'),
  logs: Duration.prefault('14d'),
  events: Duration.prefault('400d'),
});

/** Options of the telemetry store. */
export const TelemetryConfig = z.strictObject({
  retention: Retention.prefault({}),
  /** What the embedded engine may use for queries, inserts and merges together. */
  memoryBudget: Size.prefault('900MiB'),
});
export type TelemetryConfig = z.infer<typeof TelemetryConfig>;
