import { z } from 'zod';
import { type LogFieldChange, LogRules, type LogStepTrace } from './log-rules.ts';

/** How many lines were read as a format since the intake started. */
export type FormatCount = { readonly id: string; readonly lines: number };

/** What a log parser has done: its formats, and its enabled rules in order. */
export type LogParserCounts = {
  readonly formats: readonly FormatCount[];
  readonly rules: readonly {
    readonly name: string;
    readonly matched: number;
    /** Lines of which a step failed. */
    readonly failed: number;
    readonly dropped: number;
  }[];
};

/** `GET /api/log-rules`: what is stored, and what it has done since it came into force. */
export type StoredLogRules = {
  readonly version: number;
  readonly updatedAt: number;
  readonly updatedBy: string;
  readonly rules: LogRules;
  readonly counts: LogParserCounts;
};

/** `PUT /api/log-rules`. `version` is the one that was edited: 0 before the first save. */
export const SaveLogRulesRequest = z.strictObject({ version: z.number().int().min(0), rules: LogRules });
export type SaveLogRulesRequest = z.input<typeof SaveLogRulesRequest>;

/** `GET /api/log-rules/versions`: every save, newest first. */
export type LogRuleVersions = { readonly versions: readonly LogRuleVersion[] };
export type LogRuleVersion = {
  readonly version: number;
  /** ms since the epoch. */
  readonly savedAt: number;
  readonly savedBy: string;
  /** How many rules it has, and how many of them are enabled. */
  readonly rules: number;
  readonly enabled: number;
  /** The version that was restored by this save. */
  readonly restored?: number;
};

/** `POST /api/log-rules/restore`: saves what version `from` had; `version` is the newest one that is known. */
export const RestoreLogRulesRequest = z.strictObject({
  version: z.number().int().min(1),
  from: z.number().int().min(1),
});

/** What is wrong with a rule: `rule` -1 = a pattern of one's own; no `step` = the condition. */
export type LogRuleFault = { readonly rule: number; readonly step?: number | undefined; readonly message: string };

/** `POST /api/log-rules/try`: rules on pasted lines, else on the newest stored ones that a query finds. */
export const TryLogRulesRequest = z.strictObject({
  rules: LogRules,
  lines: z
    .array(z.string().max(64 * 1024))
    .max(200)
    .default([]),
  /** What pasted lines came from. */
  source: z.string().max(4_096).default(''),
  service: z.string().max(1_024).default(''),
  host: z.string().max(1_024).default(''),
  query: z
    .string()
    .max(16 * 1024)
    .default(''),
  /** How many stored lines are tried; of the first few each step is shown. */
  sample: z.number().int().min(1).max(5_000).default(500),
});
export type TryLogRulesRequest = z.infer<typeof TryLogRulesRequest>;

/** A line and what became of it. */
export type TriedLogLine = {
  readonly before: { readonly body: string; readonly host: string; readonly service: string; readonly source: string };
  /** '' = none; stored lines were recognised when they came. */
  readonly format: string;
  /** Of the recognition, and what it changed. */
  readonly micros: number;
  readonly recognised: readonly LogFieldChange[];
  readonly steps: readonly LogStepTrace[];
  readonly isDropped: boolean;
  readonly after: { readonly body: string; readonly fields: Readonly<Record<string, string>> };
};

/** What a step did to all the lines that were tried. */
export type TriedStep = {
  readonly runs: number;
  readonly failed: number;
  readonly dropped: number;
  /** Mean. */
  readonly micros: number;
};

export type TriedLogRules = {
  readonly faults: readonly LogRuleFault[];
  readonly lines: readonly TriedLogLine[];
  readonly total: number;
  readonly dropped: number;
  /** Of each rule: the lines it took, those it failed on and those it dropped; and its steps. */
  readonly rules: readonly {
    readonly matched: number;
    readonly failed: number;
    readonly dropped: number;
    readonly steps: readonly TriedStep[];
  }[];
  /** Time was up before all the lines were tried. */
  readonly isCut: boolean;
};

/** `POST /api/log-rules/suggest`: patterns for a line. */
export const SuggestPatternRequest = z.strictObject({
  line: z
    .string()
    .min(1)
    .max(16 * 1024),
});
export type SuggestedPatterns = { readonly grok: string; readonly dissect: string };

/** `GET /api/log-rules/grok`: the names of patterns, those of the operator not among them. */
export type GrokPatterns = { readonly patterns: readonly { readonly name: string; readonly pattern: string }[] };
