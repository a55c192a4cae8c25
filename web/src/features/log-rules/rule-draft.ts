import type { LogRuleFault } from '#core/api/log-rule-api.ts';
import { type LogRule, LogRuleStep, LogRules } from '#core/api/log-rules.ts';
import { STEP_FORMS, type StepOption } from './step-forms.ts';

/** What a form holds of an option: lists and maps as they are written. */
export type OptionText = string | boolean | readonly string[];

/** A step while it is edited. */
export type StepDraft = {
  readonly key: number;
  readonly type: LogRuleStep['type'];
  readonly values: Readonly<Record<string, OptionText>>;
};

/** The conditions of a rule as they are written. */
export type MatchKey = 'service' | 'source' | 'host' | 'contains' | 'query' | 'regex' | 'body' | 'fields';

export type RuleDraft = {
  readonly key: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly match: Readonly<Partial<Record<MatchKey, string>>>;
  readonly steps: readonly StepDraft[];
};

/** All that is saved together. `patterns`: a name and a grok pattern, one a line. */
export type RulesDraft = { readonly rules: readonly RuleDraft[]; readonly patterns: string };

/** Rules that can be tried, or what stands in the way. */
export type ReadDraft = { readonly rules: LogRules | undefined; readonly faults: readonly LogRuleFault[] };

/** Rules as they are edited. `keyOf` gives each row a key of its own. */
export function draftOf(rules: LogRules, keyOf: () => number = newKey): RulesDraft {
  return {
    rules: rules.rules.map((rule) => draftOfRule(rule, keyOf)),
    patterns: Object.entries(rules.patterns)
      .map(([name, pattern]) => `${name} ${pattern}`)
      .join('\n'),
  };
}

function draftOfRule({ name, enabled, match, steps }: LogRule, keyOf: () => number): RuleDraft {
  const { fields, ...texts } = match;
  return {
    ...{ key: keyOf(), name, enabled },
    match: { ...withoutUndefined(texts), ...(fields === undefined ? {} : { fields: printMap(fields) }) },
    steps: steps.map((step) => stepDraftOf(step, keyOf)),
  };
}

/** A step as it is edited. */
export function stepDraftOf(step: LogRuleStep, keyOf: () => number = newKey): StepDraft {
  const stored: Readonly<Record<string, unknown>> = step;
  const { options } = STEP_FORMS[step.type];
  return {
    ...{ key: keyOf(), type: step.type },
    values: Object.fromEntries(options.map((option) => [option.key, written(option, stored[option.key])])),
  };
}

/** A new step of a kind, with its defaults; `given` in their place. */
export function newStep(type: LogRuleStep['type'], given: Readonly<Record<string, unknown>> = {}): StepDraft {
  return stepDraftOf(LogRuleStep.parse({ type, ...STEP_FORMS[type].example, ...given }));
}

/** A rule for lines like one: those of its service, or else of its source. */
export function newRule(line: { readonly service?: string; readonly source?: string } = {}): RuleDraft {
  const { service = '', source = '' } = line;
  const match = service !== '' ? { service } : source !== '' ? { source } : {};
  return { key: newKey(), name: service || source || 'New rule', enabled: true, match, steps: [] };
}

/** The rules that a draft stands for. */
export function readDraft({ rules, patterns }: RulesDraft): ReadDraft {
  const content = { rules: rules.map(ruleOf), patterns: readPatterns(patterns) };
  const read = LogRules.safeParse(content);
  if (read.success) return { rules: read.data, faults: [] };
  const faults = read.error.issues.map(({ path, message }): LogRuleFault => {
    const [part, rule, inner, step, ...rest] = path;
    if (part !== 'rules') return { rule: -1, message: `pattern ${String(rule)}: ${message}` };
    const where = inner === 'steps' ? rest : [inner, step, ...rest];
    const option = where.filter((name) => name !== undefined).join('.');
    return {
      ...{ rule: Number(rule), message: option === '' ? message : `${option}: ${message}` },
      ...(inner === 'steps' && step !== undefined ? { step: Number(step) } : {}),
    };
  });
  return { rules: undefined, faults };
}

function ruleOf({ name, enabled, match, steps }: RuleDraft): unknown {
  const { fields = '', ...texts } = match;
  const given = Object.entries(texts).filter(([, text]) => text !== '');
  return {
    ...{ name, enabled },
    match: { ...Object.fromEntries(given), ...(fields.trim() === '' ? {} : { fields: readMap(fields) }) },
    steps: steps.map(stepOf),
  };
}

function stepOf({ type, values }: StepDraft): unknown {
  const options = STEP_FORMS[type].options.map((option) => [option.key, readOption(option, values[option.key])]);
  return { type, ...Object.fromEntries(options.filter(([, value]) => value !== undefined)) };
}

function written(option: StepOption, value: unknown): OptionText {
  switch (option.kind) {
    case 'check':
      return value === true;
    case 'choices':
      return Array.isArray(value) ? value.map(String) : [];
    case 'lines':
      return Array.isArray(value) ? value.join('\n') : '';
    case 'list':
      return Array.isArray(value) ? value.join(', ') : '';
    case 'map':
      return printMap((value ?? {}) as Record<string, string>);
    default:
      return value === undefined ? '' : String(value);
  }
}

function readOption({ kind, key }: StepOption, value: OptionText = ''): unknown {
  if (typeof value !== 'string') return value;
  switch (kind) {
    case 'number':
      return value.trim() === '' ? undefined : Number(value);
    case 'optional':
      return value === '' ? undefined : value;
    case 'lines':
      return value.split('\n').filter((line) => line.trim() !== '');
    case 'list': {
      const parts = value.split(',').map((part) => part.trim());
      return key === 'columns' ? parts : parts.filter((part) => part !== '');
    }
    case 'map':
      return readMap(value);
    default:
      return value;
  }
}

/** `name = value`, one a line; a line without `=` is a name without a value. */
function readMap(text: string): Record<string, string> {
  const pairs = text.split('\n').map((line) => {
    const at = line.indexOf('=');
    return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
  return Object.fromEntries(pairs.filter(([name]) => name !== ''));
}

function printMap(map: Readonly<Record<string, string>>): string {
  return Object.entries(map)
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n');
}

function readPatterns(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines
      .map((line) =>
        line
          .trim()
          .split(/\s+(.*)/s)
          .slice(0, 2),
      )
      .map(([name, rest = '']) => [name, rest]),
  );
}

function withoutUndefined(texts: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}

/** A key that no other row has. */
export function newKey(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
