import { z } from 'zod';
import type { Labels } from '../model/labels.ts';

/** How many rules there may be: each makes the intake look at new paths a little longer. */
export const MAX_MAPPING_RULES = 500;

const LabelName = z
  .string()
  .regex(/^[^\x00-\x1f\x7f]{1,200}$/, 'a label name without control characters')
  .refine((name) => name !== '__name__', 'the name has its own field');

/**
 * Gives paths a name and labels. `$1` or `${1}` in templates is what the first `*` (glob) or group (regex) took. The
 * first rule that matches counts.
 */
export const MappingRule = z.strictObject({
  /** Glob: `servers.*.cpu.*`, each `*` within one node. Regex: RE2, anchored at both ends. */
  match: z.string().min(1).max(1_000),
  matchType: z.enum(['glob', 'regex']).default('glob'),
  /** `drop`: samples of these paths are refused. `keep`: they stay as they are; no later rule sees them. */
  action: z.enum(['map', 'keep', 'drop']).default('map'),
  name: z.string().max(500).default(''),
  labels: z.record(LabelName, z.string().max(1_000)).default({}),
  isEnabled: z.boolean().default(true),
});
export type MappingRule = z.infer<typeof MappingRule>;

export const MappingRules = z.array(MappingRule).max(MAX_MAPPING_RULES);

/** `version` is the one that was edited: 0 before the first save. */
export const SaveMappingRequest = z.strictObject({ version: z.number().int().min(0), rules: MappingRules });
export type SaveMappingRequest = z.infer<typeof SaveMappingRequest>;

/** The pass over stored paths after a change of rules. */
export type MappingPass = {
  readonly state: 'idle' | 'running' | 'failed';
  readonly seen: number;
  readonly total: number;
  readonly changed: number;
  readonly error: string;
};

/** The rules as they are kept, and how far the catalogue follows them. */
export type StoredMapping = {
  readonly version: number;
  readonly updatedAt: number;
  readonly updatedBy: string;
  readonly rules: readonly MappingRule[];
  readonly pass: MappingPass;
};

/** Rules to try, on these paths or, without any, on paths of the catalogue. */
export const TryMappingRequest = z.strictObject({
  rules: MappingRules,
  paths: z.array(z.string().max(1_000)).max(1_000).default([]),
});
export type TryMappingRequest = z.infer<typeof TryMappingRequest>;

export type TriedPath = {
  readonly path: string;
  /** Position of the rule that counted; -1: none. */
  readonly rule: number;
  readonly action: 'none' | 'map' | 'keep' | 'drop';
  readonly labels: Labels;
};

/** What rules would do. `total` paths were looked at, at most 200,000 of the catalogue. */
export type TriedMapping = {
  readonly total: number;
  readonly matched: number;
  /** Paths by rule. */
  readonly byRule: readonly number[];
  readonly samples: readonly TriedPath[];
  readonly unmatched: readonly string[];
  /** Different paths that would become one series, the first ones. */
  readonly collisions: readonly { readonly series: string; readonly paths: readonly string[] }[];
  /** Mean time of a path, microseconds: what each new series costs the intake. */
  readonly costUs: number;
};
