import type { Labels } from './labels.ts';
import type { Sample } from './sample.ts';

export const CHECK_STATES = ['ok', 'warning', 'critical', 'unknown'] as const;
export type CheckState = (typeof CHECK_STATES)[number];

/** The outcome of one check run; its perfdata become samples, its changes events. */
export type CheckResult = {
  readonly t: number;
  readonly labels: Labels;
  readonly state: CheckState;
  readonly text: string;
  readonly perfdata: readonly Sample[];
};
