import { z } from 'zod';
import type { TextRangeHeader } from '../api/text-query.ts';
import { LogMetricRule, MAX_LOG_METRIC_RULES, namesakes } from './rule.ts';

/** What is stored: the rules of users, and which of the built-in ones are switched off, by metric. */
export const LogMetricRules = z.strictObject({
  rules: z
    .array(LogMetricRule)
    .max(MAX_LOG_METRIC_RULES)
    .superRefine((rules, context) => {
      const two = namesakes(rules);
      if (two !== undefined) context.addIssue(`${two[0].metric} and ${two[1].metric} write series of one name`);
    })
    .default([]),
  builtInOff: z.array(z.string().max(200)).max(100).default([]),
});
export type LogMetricRules = z.infer<typeof LogMetricRules>;

/** `PUT /api/log-metrics`; `version` is the one that was edited: 0 before the first save. */
export const SaveLogMetricsRequest = z.strictObject({ version: z.number().int().min(0), ...LogMetricRules.shape });
export type SaveLogMetricsRequest = z.infer<typeof SaveLogMetricsRequest>;

/** A rule as it did last; times in ms, 0: not yet. */
export type LogMetricStatus = {
  readonly metric: string;
  /** Windows up to here are written. */
  readonly until: number;
  readonly lastAt: number;
  readonly durationMs: number;
  readonly rowsRead: number;
  /** Sets of label values that are written now. */
  readonly labelSets: number;
  readonly evaluations: number;
  /** Sets of label values that were refused since the start, counted anew in each window. */
  readonly refused: number;
  readonly failures: number;
  /** Windows that were given up: the product was away for too long, or they could not be evaluated. */
  readonly missed: number;
  /** Windows that were written anew because lines came late. */
  readonly corrected: number;
  /** Time of the oldest line that came too late to be counted; 0: none. */
  readonly tooLateFrom: number;
  /** '' when the last evaluation went well. */
  readonly error: string;
};

/** A rule evaluated over a time that is past. */
export type BackFill = {
  readonly id: number;
  readonly metric: string;
  /** [from, to) of the windows, ms, and how far it is. */
  readonly from: number;
  readonly to: number;
  readonly doneUntil: number;
  readonly state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';
  readonly error: string;
  readonly createdAt: number;
  readonly createdBy: string;
};

/** `GET /api/log-metrics`. */
export type StoredLogMetrics = LogMetricRules & {
  readonly version: number;
  readonly updatedAt: number;
  readonly updatedBy: string;
  readonly builtIn: readonly LogMetricRule[];
  readonly status: readonly LogMetricStatus[];
  /** Newest first. */
  readonly backFills: readonly BackFill[];
};

/** `POST /api/log-metrics/preview`: what a rule would have written; nothing is. The answer is a frame. */
export const LogMetricPreviewRequest = z.strictObject({
  rule: LogMetricRule,
  from: z.number().min(0),
  to: z.number().min(0).max(4e12),
});
export type LogMetricPreviewRequest = z.infer<typeof LogMetricPreviewRequest>;

/** The header of a preview: the largest series; `labelSets` and `refused` are of all windows together. */
export type LogMetricPreviewHeader = TextRangeHeader & {
  readonly preview: {
    readonly lines: number;
    readonly series: number;
    readonly labelSets: number;
    readonly refused: number;
    /** What one evaluation, of the newest window, costs. */
    readonly one: { readonly ms: number; readonly rowsRead: number };
  };
};

/** `POST /api/log-metrics/back-fills`. Windows that begin in [from, to) are written. */
export const BackFillRequest = z.strictObject({
  metric: z.string().max(200),
  from: z.number().min(0),
  to: z.number().min(0).max(4e12),
});
export type BackFillRequest = z.infer<typeof BackFillRequest>;
