import type { RecordingGroup, RecordingRule } from '#core/api/recording.ts';

/** Where a rule stands. */
export type RulePlace = { readonly group: string; readonly position: number };

/** Groups without this rule; a group without rules goes. */
export function withoutRule(groups: readonly RecordingGroup[], place: RulePlace): RecordingGroup[] {
  return groups.flatMap((group) => {
    if (group.name !== place.group) return [group];
    const rules = group.rules.filter((_, i) => i !== place.position);
    return rules.length === 0 ? [] : [{ ...group, rules }];
  });
}

/** Groups with a rule at the end of the named group, which is made when there is none. */
export function withRule(
  groups: readonly RecordingGroup[],
  { name, intervalMs }: Pick<RecordingGroup, 'name' | 'intervalMs'>,
  rule: RecordingRule,
): RecordingGroup[] {
  if (groups.some((group) => group.name === name)) {
    return groups.map((group) =>
      group.name === name ? { ...group, intervalMs, rules: [...group.rules, rule] } : group,
    );
  }
  return [...groups, { name, intervalMs, limit: 0, isEnabled: true, rules: [rule] }];
}

/** The rule in place of the one that stands there; in another group when that was changed. */
export function withChangedRule(
  groups: readonly RecordingGroup[],
  place: RulePlace,
  { name, intervalMs, rule }: Pick<RecordingGroup, 'name' | 'intervalMs'> & { readonly rule: RecordingRule },
): RecordingGroup[] {
  if (name !== place.group) return withRule(withoutRule(groups, place), { name, intervalMs }, rule);
  return groups.map((group) =>
    group.name === name
      ? { ...group, intervalMs, rules: group.rules.map((one, i) => (i === place.position ? rule : one)) }
      : group,
  );
}
