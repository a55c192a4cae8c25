import type { LogFieldChange, LogStepTrace } from '#core/api/log-rules.ts';
import { type LogDraft, pairsOf } from '#parsing/log-draft.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { readPart } from './record-parts.ts';
import { noteFailure } from './rule-fault.ts';

const PARTS = ['body', 'host', 'service', 'source', 'severity', 'time'] as const;

/** What rules did to a record. */
export type RulesTrace = {
  readonly kept: boolean;
  /** Places of the rules that took it. */
  readonly matched: readonly number[];
  readonly steps: readonly LogStepTrace[];
};

/** Runs rules and tells what each step did and cost. `clock` gives µs. */
export function traceRules(
  rules: readonly CompiledRule[],
  draft: LogDraft,
  { now, clock }: { now: number; clock: () => number },
): RulesTrace {
  const traces: LogStepTrace[] = [];
  const matched: number[] = [];
  for (const { rule, place, matches, steps } of rules) {
    if (!matches(draft, now)) continue;
    matched.push(place);
    for (const [i, run] of steps.entries()) {
      const before = snapshot(draft);
      const start = clock();
      const outcome = run(draft, now);
      const micros = clock() - start;
      traces.push({
        rule: rule.name,
        step: rule.steps[i]?.type ?? '',
        place: [place, i],
        outcome: outcome === true ? 'done' : outcome === false ? 'dropped' : 'failed',
        reason: typeof outcome === 'string' ? outcome : '',
        changes: changesBetween(before, snapshot(draft)),
        micros,
      });
      if (outcome === false) return { kept: false, matched, steps: traces };
      if (typeof outcome === 'string') noteFailure(draft, rule, i, outcome);
    }
  }
  return { kept: true, matched, steps: traces };
}

/** What differs between two snapshots. */
export function changesBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): LogFieldChange[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names]
    .map((name) => ({ name, before: before.get(name), after: after.get(name) }))
    .filter((change) => change.before !== change.after);
}

/** Fields and parts of a record by name. */
export function snapshot(draft: LogDraft): Map<string, string> {
  const parts = pairsOf(draft.fields);
  for (const name of PARTS) parts.set(name, readPart(draft, name) ?? '');
  return parts;
}
