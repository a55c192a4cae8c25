import { seriesNames } from '#core/log-metrics/rule.ts';
import { linesOf } from './evaluate.ts';
import { keptFor } from './label-sets.ts';
import type { LiveRule } from './live-rule.ts';
import type { SeriesWriter } from './series-writer.ts';

/** Rules that are evaluated by one statement. */
export type RuleGroup = readonly [LiveRule, ...LiveRule[]];

/** Rules that count the same lines, and of which a property is equal. They share their sets of label values from then on. */
export function groupsOf(rules: readonly LiveRule[], property: (rule: LiveRule) => unknown): readonly RuleGroup[] {
  const groups = new Map<string, [LiveRule, ...LiveRule[]]>();
  for (const rule of rules) {
    const key = `${linesOf(rule.rule)} ${JSON.stringify(property(rule))}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [rule]);
    else group.push(rule);
  }
  for (const group of groups.values()) {
    const known = group.reduce((most, { sets }) => (sets.size > most.size ? sets : most), group[0].sets);
    for (const rule of group) rule.sets = known;
  }
  return [...groups.values()];
}

/** The names of all series of a group. */
export const namesOf = (group: readonly Pick<LiveRule, 'rule'>[]): readonly string[] =>
  group.flatMap(({ rule }) => seriesNames(rule));

/** Learns from stored series which sets of label values a rule had written before a time. */
export async function readLabelSets(
  { rule, sets }: Pick<LiveRule, 'rule' | 'sets'>,
  until: number,
  { writer, signal }: { readonly writer: SeriesWriter; readonly signal: AbortSignal },
): Promise<void> {
  const from = until - keptFor(rule.stepMs) + 1;
  for (const { labels, samples } of await writer.read(seriesNames(rule), { from, to: until }, signal)) {
    const texts = rule.labels.map(({ name }) => labels[name] ?? '');
    const times = [...samples].flatMap(([t, v]) => (v === 0 ? [] : [t]));
    for (const t of times.length === 0 ? [] : [Math.min(...times), Math.max(...times)]) sets.admit(texts, t);
  }
}
