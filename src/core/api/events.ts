import { z } from 'zod';
import type { Labels } from '../model/labels.ts';
import type { Severity } from '../model/event.ts';

/** `GET /api/events`: newest first. Times in ms since the epoch. */
export const EventsRequest = z.strictObject({
  from: z.coerce.number().optional(),
  to: z.coerce.number().optional(),
  /** Kind, or a prefix of it that ends in a dot: `collector.`. */
  kind: z.string().max(200).optional(),
  host: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
});
export type EventsRequest = z.infer<typeof EventsRequest>;

export type EventRow = {
  readonly t: number;
  readonly kind: string;
  readonly severity: Severity;
  readonly message: string;
  readonly labels: Labels;
};
