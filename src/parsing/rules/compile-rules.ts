import type { LogRule, LogRuleMatch, LogRules, LogStepTrace } from '#core/api/log-rules.ts';
import type { Zone } from '#core/timestamps/zone.ts';
import { createGrokLibrary, type GrokLibrary } from '#parsing/grok/grok-library.ts';
import { type LogDraft, pairsOf } from '#parsing/log-draft.ts';
import { compileRe2 } from '#parsing/re2-pattern.ts';
import { compileStep } from './compile-step.ts';
import type { GeoLookup } from './geo-lookup.ts';
import { compileGlob } from './glob.ts';
import { readPart } from './record-parts.ts';
import type { RunStep, StepContext } from './run-step.ts';

/** The rules of an operator, ready to run. */
export type CompiledRules = {
  readonly isEmpty: boolean;
  /** Runs every rule that matches; false when the record is dropped. Steps that fail note it in `parse.error`. */
  readonly run: (draft: LogDraft, now: number) => boolean;
  /** As run, telling what each step did; `clock` gives µs. */
  readonly trace: (draft: LogDraft, now: number, clock: () => number) => { kept: boolean; steps: LogStepTrace[] };
};

type CompiledRule = {
  readonly rule: LogRule;
  readonly matches: (draft: LogDraft) => boolean;
  readonly steps: readonly RunStep[];
};

/** Compiles rules; throws Error naming rule and step of what is wrong. */
export function compileRules({ rules, patterns }: LogRules, options: { zone: Zone; geoip?: GeoLookup }): CompiledRules {
  const libraries = new Map<boolean, GrokLibrary>();
  const grok = (ecs: boolean): GrokLibrary => {
    const library = libraries.get(ecs) ?? createGrokLibrary(ecs ? 'ecs-v1' : 'legacy', patterns);
    libraries.set(ecs, library);
    return library;
  };
  const compiled = rules.filter(({ enabled }) => enabled).map((rule) => compileRule(rule, { ...options, grok }));
  return {
    isEmpty: compiled.length === 0,
    run: (draft, now) =>
      compiled.every(
        ({ rule, matches, steps }) =>
          !matches(draft) || steps.every((run, i) => settle(rule, i, run(draft, now), draft)),
      ),
    trace: (draft, now, clock) => traceRules(compiled, draft, { now, clock }),
  };
}

function compileRule(rule: LogRule, context: StepContext): CompiledRule {
  try {
    const steps = rule.steps.map((step, i) => {
      try {
        return compileStep(step, context);
      } catch (error) {
        throw new Error(`step ${i + 1} (${step.type}): ${messageOf(error)}`, { cause: error });
      }
    });
    return { rule, matches: compileMatch(rule.match), steps };
  } catch (error) {
    throw new Error(`rule ${rule.name}: ${messageOf(error)}`, { cause: error });
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function settle(rule: LogRule, step: number, outcome: boolean | string, draft: LogDraft): boolean {
  if (typeof outcome === 'boolean') return outcome;
  draft.replace('parse.error', `${rule.name}/${rule.steps[step]?.type ?? ''}: ${outcome}`);
  return true;
}

function compileMatch(match: LogRuleMatch): (draft: LogDraft) => boolean {
  const tests: ((draft: LogDraft) => boolean)[] = [];
  for (const name of ['source', 'service', 'host', 'body'] as const) {
    const glob = match[name];
    if (glob === undefined) continue;
    const test = compileGlob(glob);
    tests.push((draft) => test(draft[name]));
  }
  for (const [name, glob] of Object.entries(match.fields ?? {})) {
    const test = compileGlob(glob);
    tests.push((draft) => {
      const value = readPart(draft, name);
      return value !== undefined && test(value);
    });
  }
  const { contains, regex } = match;
  if (contains !== undefined) tests.push((draft) => draft.body.includes(contains));
  if (regex !== undefined) {
    const pattern = compileRe2(regex);
    tests.push((draft) => pattern.matcher(draft.body).find());
  }
  return (draft) => tests.every((test) => test(draft));
}

function traceRules(
  rules: readonly CompiledRule[],
  draft: LogDraft,
  { now, clock }: { now: number; clock: () => number },
): { kept: boolean; steps: LogStepTrace[] } {
  const traces: LogStepTrace[] = [];
  for (const { rule, matches, steps } of rules) {
    if (!matches(draft)) continue;
    for (const [i, run] of steps.entries()) {
      const before = snapshot(draft);
      const start = clock();
      const outcome = run(draft, now);
      const micros = clock() - start;
      const after = snapshot(draft);
      traces.push({
        rule: rule.name,
        step: rule.steps[i]?.type ?? '',
        outcome: outcome === true ? 'done' : outcome === false ? 'dropped' : 'failed',
        reason: typeof outcome === 'string' ? outcome : '',
        changed: [...after].filter(([name, value]) => before.get(name) !== value).flat(),
        removed: [...before.keys()].filter((name) => !after.has(name)),
        micros,
      });
      if (!settle(rule, i, outcome, draft)) return { kept: false, steps: traces };
    }
  }
  return { kept: true, steps: traces };
}

/** Fields and parts of a record by name. */
function snapshot(draft: LogDraft): Map<string, string> {
  const parts = pairsOf(draft.fields);
  for (const name of ['body', 'host', 'service', 'source', 'severity', 'time'])
    parts.set(name, readPart(draft, name) ?? '');
  return parts;
}
