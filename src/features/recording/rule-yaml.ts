import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { type ImportedRules, RecordingGroup, type RecordingRule } from '#core/api/recording.ts';
import { AppError, messageOf } from '#core/errors.ts';
import { parseDuration } from '#core/units/duration.ts';

const Rule = z.looseObject({
  record: z.string().optional(),
  alert: z.string().optional(),
  expr: z.unknown(),
  labels: z.record(z.string(), z.string()).nullish(),
});
const RuleFile = z.looseObject({
  groups: z
    .array(
      z.looseObject({
        name: z.string(),
        interval: z.string().nullish(),
        limit: z.number().nullish(),
        rules: z.array(Rule).nullish(),
      }),
    )
    .nullish(),
});

const DEFAULT_INTERVAL_MS = 60_000;

/**
 * The recording rules of a Prometheus rule file. Alerting rules and rules that `check` throws for are told as skipped. Throws
 * `bad_request` for what is no rule file.
 */
export function readRuleFile(yaml: string, check: (expr: string) => void): ImportedRules {
  const skipped: { group: string; rule: string; reason: string }[] = [];
  const groups = parsed(yaml).flatMap((group): RecordingGroup[] => {
    const rules = (group.rules ?? []).filter((rule) => {
      const reason = refusal(rule, check);
      if (reason !== undefined) skipped.push({ group: group.name, rule: rule.record ?? rule.alert ?? '', reason });
      return reason === undefined;
    });
    if (rules.length === 0) return [];
    const read = RecordingGroup.safeParse({
      name: group.name,
      intervalMs: intervalOf(group.name, group.interval),
      limit: group.limit ?? 0,
      rules: rules.map(({ record, expr, labels }) => ({ record, expr: String(expr).trim(), labels: labels ?? {} })),
    });
    if (read.success) return [read.data];
    skipped.push({ group: group.name, rule: '', reason: read.error.issues[0]?.message ?? 'it cannot be read' });
    return [];
  });
  return { groups, skipped };
}

/** The same as a rule file; disabled groups are left out, and rules of other languages, which a comment names. */
export function printRuleFile(groups: readonly RecordingGroup[]): string {
  const enabled = groups.filter(({ isEnabled }) => isEnabled);
  const others = enabled.flatMap(({ name, rules }) =>
    rules.filter(isForeign).map(({ language, record }) => `# ${name}, ${record}: a rule in ${language} is left out\n`),
  );
  const kept = enabled.map((group) => ({ ...group, rules: group.rules.filter((rule) => !isForeign(rule)) }));
  const file = stringify({
    groups: kept.flatMap(({ name, intervalMs, limit, rules }) =>
      rules.length === 0
        ? []
        : [
            {
              name,
              interval: intervalMs % 1000 === 0 ? `${intervalMs / 1000}s` : `${intervalMs}ms`,
              ...(limit > 0 ? { limit } : {}),
              rules: rules.map(({ record, expr, labels }) => ({
                record,
                expr,
                ...(Object.keys(labels).length > 0 ? { labels } : {}),
              })),
            },
          ],
    ),
  });
  return others.join('') + file;
}

const isForeign = ({ language }: RecordingRule): boolean => language !== 'promql';

function parsed(yaml: string) {
  try {
    return RuleFile.parse(parse(yaml, { maxAliasCount: 100 }) ?? {}).groups ?? [];
  } catch (cause) {
    throw new AppError('bad_request', `this is no rule file of Prometheus: ${messageOf(cause)}`, { cause });
  }
}

function refusal({ record, alert, expr }: z.infer<typeof Rule>, check: (expr: string) => void): string | undefined {
  if (alert !== undefined) return 'alerting rules are not taken: they belong to alerting';
  if (record === undefined) return 'it records nothing';
  try {
    check(String(expr));
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function intervalOf(group: string, text: string | null | undefined): number {
  if (text === undefined || text === null || text === '') return DEFAULT_INTERVAL_MS;
  const interval = parseDuration(text);
  if (interval === undefined) throw new AppError('bad_request', `group ${group}: "${text}" is no duration`);
  return Math.max(1_000, interval);
}
