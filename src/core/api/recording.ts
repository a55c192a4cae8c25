import { z } from 'zod';

/** Rules of all groups together. */
export const MAX_RECORDING_RULES = 1_000;

/** The languages that a rule can be written in. */
export const RECORDING_LANGUAGES = ['promql', 'metrics', 'graphite'] as const;
export type RecordingLanguage = (typeof RECORDING_LANGUAGES)[number];

export const RecordingRule = z.strictObject({
  language: z.enum(RECORDING_LANGUAGES).default('promql'),
  /** The name of what is recorded; in Graphite `$name` in it is how the query names a series. */
  record: z.string().regex(/^[^\x00-\x1f\x7f]{1,500}$/, 'a metric name'),
  /** A query of the language. */
  expr: z.string().min(1).max(10_000),
  labels: z.record(z.string().min(1).max(200), z.string().max(1_000)).default({}),
});
export type RecordingRule = z.infer<typeof RecordingRule>;

/** Rules that are evaluated together, one after the other, at multiples of the interval. */
export const RecordingGroup = z.strictObject({
  name: z.string().min(1).max(200),
  intervalMs: z.number().int().min(1_000).max(86_400_000).default(60_000),
  /** Most series of one rule; 0: the product's limit. */
  limit: z.number().int().min(0).default(0),
  isEnabled: z.boolean().default(true),
  rules: z.array(RecordingRule).min(1).max(MAX_RECORDING_RULES),
});
export type RecordingGroup = z.infer<typeof RecordingGroup>;

export const RecordingGroups = z
  .array(RecordingGroup)
  .max(200)
  .refine((groups) => new Set(groups.map(({ name }) => name)).size === groups.length, 'two groups have one name')
  .refine((groups) => groups.flatMap(({ rules }) => rules).length <= MAX_RECORDING_RULES, 'more than 1,000 rules');

/** `version` is the one that was edited: 0 before the first save. */
export const SaveRecordingRequest = z.strictObject({ version: z.number().int().min(0), groups: RecordingGroups });
export type SaveRecordingRequest = z.infer<typeof SaveRecordingRequest>;

/** A rule as it did last; times in ms, 0: not yet. */
export type RecordingStatus = {
  readonly record: string;
  readonly lastAt: number;
  readonly durationMs: number;
  readonly series: number;
  readonly evaluations: number;
  readonly failures: number;
  /** '' when the last evaluation went well. */
  readonly error: string;
};

export type RecordingGroupStatus = {
  readonly name: string;
  readonly lastAt: number;
  /** Evaluations that fell out and were not caught up. */
  readonly missed: number;
  /** One for each rule, in order. */
  readonly rules: readonly RecordingStatus[];
};

export type StoredRecording = {
  readonly version: number;
  readonly updatedAt: number;
  readonly updatedBy: string;
  readonly groups: readonly RecordingGroup[];
  readonly status: readonly RecordingGroupStatus[];
};

/** A rule file of Prometheus, as YAML. */
export const RecordingYaml = z.strictObject({ yaml: z.string().max(2_000_000) });

/** What a rule file holds: its recording rules, and what is not taken and why. */
export type ImportedRules = {
  readonly groups: readonly RecordingGroup[];
  readonly skipped: readonly { readonly group: string; readonly rule: string; readonly reason: string }[];
};

/** Groups of rules as `/api/v1/rules` of Prometheus tells them. */
export type RulesProvider = {
  readonly groups: () => readonly { readonly group: RecordingGroup; readonly status: RecordingGroupStatus }[];
};
