import { useMemo, useState } from 'react';
import type { StoredLogRules } from '#core/api/log-rule-api.ts';
import { draftOf, newKey, newRule, type ReadDraft, type RuleDraft, type RulesDraft, readDraft } from './rule-draft.ts';

/** The line that a rule is to be made of, when the page is opened with one. */
export type RuleSeed = { readonly service: string; readonly source: string };

/** Rules while they are edited, over the version that they began from. */
export type RulesEdit = {
  readonly draft: RulesDraft;
  /** What the draft stands for. */
  readonly read: ReadDraft;
  readonly version: number;
  readonly isChanged: boolean;
  /** For each rule its place among the stored ones; undefined: it is new. */
  readonly storedPlace: (rule: RuleDraft) => number | undefined;
  readonly setRules: (change: (rules: readonly RuleDraft[]) => readonly RuleDraft[]) => void;
  readonly setPatterns: (patterns: string) => void;
  /** Back to what is stored. */
  readonly discard: (stored: StoredLogRules) => void;
};

type Edit = {
  readonly version: number;
  readonly base: RulesDraft;
  /** What is stored, as text; undefined when this form cannot read it. */
  readonly stored: string | undefined;
  readonly draft: RulesDraft;
};

/** The draft of the stored rules, with a new rule for the line that the page was opened with. */
export function useRulesDraft(stored: StoredLogRules, seed: RuleSeed | undefined): RulesEdit {
  const [{ version, base, stored: before, draft }, setEdit] = useState(() => begin(stored, seed));
  const set = (change: (draft: RulesDraft) => RulesDraft): void =>
    setEdit((edit) => ({ ...edit, draft: change(edit.draft) }));
  const read = useMemo(() => readDraft(draft), [draft]);
  return {
    ...{ draft, read, version },
    isChanged: read.rules === undefined || JSON.stringify(read.rules) !== before,
    storedPlace: ({ key }) => {
      const place = base.rules.findIndex((rule) => rule.key === key);
      return place < 0 ? undefined : place;
    },
    setRules: (change) => set((before) => ({ ...before, rules: change(before.rules) })),
    setPatterns: (patterns) => set((before) => ({ ...before, patterns })),
    discard: (now) => setEdit(begin(now, undefined)),
  };
}

function begin({ version, rules }: StoredLogRules, seed: RuleSeed | undefined): Edit {
  const base = draftOf(rules);
  return {
    version,
    base,
    stored: JSON.stringify(readDraft(base).rules),
    draft: seed === undefined ? base : { ...base, rules: [...base.rules, newRule(seed)] },
  };
}

/** The list with the rule in another place; places beyond its ends change nothing. */
export function moved<Row>(rows: readonly Row[], at: number, by: -1 | 1): readonly Row[] {
  const [from, to] = [rows[at], rows[at + by]];
  if (from === undefined || to === undefined) return rows;
  return rows.map((row, i) => (i === at ? to : i === at + by ? from : row));
}

/** The list with a copy behind the row. */
export function doubled(rules: readonly RuleDraft[], at: number): readonly RuleDraft[] {
  return rules.flatMap((rule, i) =>
    i === at
      ? [
          rule,
          {
            ...rule,
            key: newKey(),
            name: `${rule.name} copy`,
            steps: rule.steps.map((step) => ({ ...step, key: newKey() })),
          },
        ]
      : [rule],
  );
}
