import type { LogRule, LogRules } from '#core/api/log-rules.ts';
import { messageOf } from '#core/errors.ts';
import type { Zone } from '#core/timestamps/zone.ts';
import { compileGrok } from '#parsing/grok/compile-grok.ts';
import { createGrokLibrary, type GrokLibrary } from '#parsing/grok/grok-library.ts';
import type { LogDraft } from '#parsing/log-draft.ts';
import { compileMatch } from './compile-match.ts';
import { compileStep } from './compile-step.ts';
import type { CompiledRule, RuleCount } from './compiled-rule.ts';
import type { GeoLookup } from './geo-lookup.ts';
import { faultOf, noteFailure, type RuleFault } from './rule-fault.ts';
import type { RunStep, StepContext } from './run-step.ts';
import { type RulesTrace, traceRules } from './trace-rules.ts';

/** The rules of an operator, ready to run. */
export type CompiledRules = {
  readonly isEmpty: boolean;
  /** Runs every rule that matches; false when the record is dropped. Steps that fail note it in `parse.error`. */
  readonly run: (draft: LogDraft, now: number) => boolean;
  /** As run, telling what each step did; `clock` gives µs. */
  readonly trace: (draft: LogDraft, now: number, clock: () => number) => RulesTrace;
  /** Of the rules that are enabled, in order. */
  readonly counts: readonly RuleCount[];
};

/** What rules are compiled with. `onFault`: a rule whose condition is broken is left out, a broken step fails always. */
export type RuleOptions = {
  readonly zone: Zone;
  readonly geoip?: GeoLookup;
  readonly onFault?: (fault: RuleFault) => void;
};

/** Compiles the enabled rules; without `onFault` throws Error naming rule and step of what is wrong. */
export function compileRules(source: LogRules, options: RuleOptions): CompiledRules {
  const context = { ...options, grok: grokLibraries(source) };
  const rules = source.rules.flatMap((rule, place) => (rule.enabled ? compileRule(rule, place, context) : []));
  return {
    isEmpty: rules.length === 0,
    run: (draft, now) => rules.every((rule) => runRule(rule, draft, now)),
    trace: (draft, now, clock) => traceRules(rules, draft, { now, clock }),
    counts: rules.map(({ count }) => count),
  };
}

/** Everything that is wrong with rules, those that are switched off among them. */
export function checkRules(source: LogRules, options: Omit<RuleOptions, 'onFault'>): RuleFault[] {
  const faults: RuleFault[] = [];
  const grok = grokLibraries(source);
  for (const [name, pattern] of Object.entries(source.patterns)) {
    try {
      compileGrok(pattern, grok(true));
    } catch (error) {
      faults.push({ rule: -1, step: undefined, message: `pattern ${name}: ${messageOf(error)}` });
    }
  }
  const context = { ...options, grok, onFault: (fault: RuleFault) => faults.push(fault) };
  for (const [place, rule] of source.rules.entries()) compileRule(rule, place, context);
  return faults;
}

function grokLibraries({ patterns }: LogRules): StepContext['grok'] {
  const libraries = new Map<boolean, GrokLibrary>();
  return (ecs) => {
    const library = libraries.get(ecs) ?? createGrokLibrary(ecs ? 'ecs-v1' : 'legacy', patterns);
    libraries.set(ecs, library);
    return library;
  };
}

function compileRule(
  rule: LogRule,
  place: number,
  { onFault, ...context }: StepContext & Pick<RuleOptions, 'onFault'>,
): CompiledRule[] {
  const attempt = <Made>(step: number | undefined, make: () => Made, instead: Made): Made => {
    try {
      return make();
    } catch (error) {
      const fault = faultOf(rule, { rule: place, step }, error);
      if (onFault === undefined) throw new Error(fault.message, { cause: error });
      onFault(fault);
      return instead;
    }
  };
  const steps = rule.steps.map((step, i) =>
    attempt<RunStep>(
      i,
      () => compileStep(step, context),
      () => 'the step is broken',
    ),
  );
  const matches = attempt(undefined, () => compileMatch(rule.match), undefined);
  const count = { name: rule.name, matched: 0, failed: 0, dropped: 0 };
  return matches === undefined ? [] : [{ rule, place, matches, steps, count }];
}

function runRule({ rule, matches, steps, count }: CompiledRule, draft: LogDraft, now: number): boolean {
  if (!matches(draft, now)) return true;
  count.matched += 1;
  let hasFailed = false;
  for (let i = 0; i < steps.length; i += 1) {
    const outcome = steps[i]?.(draft, now) ?? true;
    if (outcome === true) continue;
    if (outcome === false) {
      count.dropped += 1;
      return false;
    }
    hasFailed = true;
    noteFailure(draft, rule, i, outcome);
  }
  if (hasFailed) count.failed += 1;
  return true;
}
