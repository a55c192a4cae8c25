import { z } from 'zod';
import { SEVERITIES, type Severity } from '../model/event.ts';
import { isLabelText, type Labels } from '../model/labels.ts';

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

const LabelText = z.string().max(1_000).refine(isLabelText, 'holds control characters');

/** `POST /api/events`: a deploy, an annotation, anything that happened outside. Answers the {@link EventRow}. */
export const NewEvent = z.strictObject({
  /** Default: now. At most 10 minutes ahead. */
  t: z.number().optional(),
  /** Dotted, like `deploy` or `backup.done`. */
  kind: z
    .string()
    .regex(/^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*$/)
    .max(200),
  severity: z.enum(SEVERITIES).default('info'),
  message: z.string().trim().min(1).max(2_000),
  labels: z
    .record(
      z
        .string()
        .regex(/^[a-zA-Z_][\w.]*$/)
        .max(200),
      LabelText,
    )
    .default({}),
});
export type NewEvent = z.infer<typeof NewEvent>;
