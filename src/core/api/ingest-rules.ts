import { z } from 'zod';

/** Rules of one kind. */
export const MAX_INGEST_RULES = 500;

/** Samples of the series that the selector names (`metric{a="b"}`, a path, a glob) are refused as `dropped_by_rule`. */
export const DropRule = z.strictObject({
  selector: z.string().min(1).max(2_000),
  note: z.string().max(500).default(''),
  isEnabled: z.boolean().default(true),
});
export type DropRule = z.infer<typeof DropRule>;

export const AGGREGATION_METHODS = [
  ...(['sum', 'avg', 'min', 'max', 'count', 'last'] as const),
  ...(['p50', 'p75', 'p80', 'p90', 'p95', 'p99', 'p999'] as const),
] as const;
export type AggregationMethod = (typeof AGGREGATION_METHODS)[number];

/** carbon-aggregator's: `output (frequency) = method input`, with `<field>`, `<<field>>` and `*` in the input. */
export const AggregationRule = z.strictObject({
  output: z.string().min(1).max(500),
  /** Seconds. */
  frequency: z.number().int().min(1).max(86_400),
  method: z.enum(AGGREGATION_METHODS),
  input: z.string().min(1).max(500),
  isEnabled: z.boolean().default(true),
});
export type AggregationRule = z.infer<typeof AggregationRule>;

/** When names are rewritten: before aggregation rules see them, or after, together with what these write. */
export const REWRITE_STAGES = ['pre', 'post'] as const;

/** carbon's rewrite rule: matches of the pattern (RE2) in a name become the replacement, with `\1` for groups. */
export const RewriteRule = z.strictObject({
  stage: z.enum(REWRITE_STAGES),
  pattern: z.string().min(1).max(1_000),
  replacement: z.string().max(1_000),
  isEnabled: z.boolean().default(true),
});
export type RewriteRule = z.infer<typeof RewriteRule>;

/** What the intake does with series beside storing them. */
export const IngestRules = z.strictObject({
  drops: z.array(DropRule).max(MAX_INGEST_RULES).default([]),
  aggregations: z.array(AggregationRule).max(MAX_INGEST_RULES).default([]),
  rewrites: z.array(RewriteRule).max(MAX_INGEST_RULES).default([]),
});
export type IngestRules = z.infer<typeof IngestRules>;

/** `version` is the one that was edited: 0 before the first save. */
export const SaveIngestRulesRequest = z.strictObject({ version: z.number().int().min(0), rules: IngestRules });
export type SaveIngestRulesRequest = z.infer<typeof SaveIngestRulesRequest>;

/** What aggregation has done since the intake started. */
export type AggregationCounts = {
  /** Series that are aggregated, and that come out. */
  readonly inputs: number;
  readonly outputs: number;
  readonly samples: number;
  readonly written: number;
  /** Samples that came after their interval was written. */
  readonly late: number;
  /** Samples without room for their output. */
  readonly overflow: number;
};

export type StoredIngestRules = {
  readonly version: number;
  readonly updatedAt: number;
  readonly updatedBy: string;
  readonly rules: IngestRules;
  readonly counts: AggregationCounts;
};

export const PreviewDropRequest = z.strictObject({ selector: z.string().min(1).max(2_000) });

/** The series that a drop rule would refuse from now on; `isCut`: there are more. */
export type DropPreview = {
  readonly series: number;
  readonly isCut: boolean;
  readonly samples: readonly string[];
};
