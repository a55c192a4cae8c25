import type { LogRule } from '#core/api/log-rules.ts';
import type { LogDraft } from '#parsing/log-draft.ts';
import type { RunStep } from './run-step.ts';

/** What a rule has done since it was compiled. */
export type RuleCount = { readonly name: string; matched: number; failed: number; dropped: number };

/** A rule made ready, with its place among all. */
export type CompiledRule = {
  readonly rule: LogRule;
  readonly place: number;
  readonly matches: (draft: LogDraft, now: number) => boolean;
  readonly steps: readonly RunStep[];
  readonly count: RuleCount;
};
