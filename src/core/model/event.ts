import type { Labels } from './labels.ts';

/** How grave an event is; the order of {@link SEVERITIES} is the order of display. */
export const SEVERITIES = ['critical', 'major', 'warning', 'unknown', 'maintenance', 'ok', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something that happened at a time to an entity: the row that annotations, audit, correlation and reports read. */
export type Event = {
  /** Milliseconds since the Unix epoch. */
  readonly t: number;
  /** What happened, dotted: `system.start`, `collector.state`, `user.login`, `deploy`. */
  readonly kind: string;
  readonly severity: Severity;
  /** One sentence for a human. */
  readonly message: string;
  /** The entity's standard labels (`host`, `service`, `instance`, `zone`) and whatever names it further. */
  readonly labels: Labels;
  readonly state?: string;
  readonly previousState?: string;
  readonly value?: number;
};
