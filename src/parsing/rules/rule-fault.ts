import type { LogRule } from '#core/api/log-rules.ts';
import { messageOf } from '#core/errors.ts';
import type { LogDraft } from '#parsing/log-draft.ts';

/** What is wrong with a rule, and where. */
export type RuleFault = {
  /** Place of the rule, from 0; -1 for what belongs to none (a pattern of the operator). */
  readonly rule: number;
  /** Place of the step; undefined: its condition. */
  readonly step: number | undefined;
  /** A sentence that names both. */
  readonly message: string;
};

/** The fault of a step or, without one, of the condition. */
export function faultOf(rule: LogRule, place: Pick<RuleFault, 'rule' | 'step'>, error: unknown): RuleFault {
  const { step } = place;
  const where = step === undefined ? 'condition' : `step ${step + 1} (${rule.steps[step]?.type ?? ''})`;
  return { ...place, message: `rule ${rule.name}: ${where}: ${messageOf(error)}` };
}

/** Says in the record which step failed, and why. */
export function noteFailure(draft: LogDraft, rule: LogRule, step: number, reason: string): void {
  draft.replace('parse.error', `${rule.name}/${rule.steps[step]?.type ?? ''}: ${reason}`);
}
