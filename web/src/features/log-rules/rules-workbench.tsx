import { useNavigate, useSearch } from '@tanstack/react-router';
import type { StoredLogRules } from '#core/api/log-rule-api.ts';
import type { Search } from '#web/app/search.ts';
import { BenchPanel } from './bench-panel.tsx';
import styles from './parsing.module.css';
import { PatternsPanel } from './patterns-panel.tsx';
import { newRule, type StepDraft } from './rule-draft.ts';
import { RuleEditor } from './rule-editor.tsx';
import { RulesPanel } from './rules-panel.tsx';
import { UnsavedGuard } from './unsaved-guard.tsx';
import { useSamples, useTrial } from './use-bench.ts';
import { faultsOf, type useLogRules } from './use-log-rules.ts';
import { useRulesDraft } from './use-rules-draft.ts';

type WorkbenchProps = ReturnType<typeof useLogRules> & { readonly current: StoredLogRules };

/** The list of rules, the editor of one of them, and what all of them do to samples. */
export function RulesWorkbench({ current, stored, save, restore }: WorkbenchProps) {
  const { place, seed, select } = useSelection();
  const edit = useRulesDraft(current, seed);
  const samplesEdit = useSamples();
  const { read } = edit;
  const trial = useTrial(read.rules, samplesEdit.samples);
  const { rules } = edit.draft;
  const at = place === 'new' ? rules.length - 1 : Math.min(place, rules.length - 1);
  const rule = rules[at];
  const faults = read.rules === undefined ? read.faults : (trial.data?.faults ?? faultsOf(save.error));
  const addSteps = (steps: readonly StepDraft[]): void => {
    if (rule === undefined) {
      edit.setRules((before) => [...before, { ...newRule(samplesEdit.samples), steps }]);
      select(0);
    } else
      edit.setRules((before) => before.map((one, i) => (i === at ? { ...one, steps: [...one.steps, ...steps] } : one)));
  };
  return (
    <div className={styles.columns}>
      <UnsavedGuard isChanged={edit.isChanged} />
      <div className={styles.stack}>
        <RulesPanel
          {...{ current, stored, edit, faults, save, restore, select }}
          selected={at}
          rules={read.rules}
          onSaved={(saved) => {
            edit.discard(saved);
            select(at);
          }}
        />
        {rule !== undefined && (
          <RuleEditor
            key={rule.key}
            rule={rule}
            place={at}
            faults={faults.filter((fault) => fault.rule === at)}
            tried={read.rules === undefined ? undefined : trial.data?.rules[at]}
            onChange={(changed) => edit.setRules((before) => before.map((one, i) => (i === at ? changed : one)))}
          />
        )}
        <PatternsPanel
          text={edit.draft.patterns}
          faults={faults.filter((fault) => fault.rule < 0)}
          onChange={edit.setPatterns}
        />
      </div>
      <BenchPanel trial={trial} isBroken={read.rules === undefined} edit={samplesEdit} onAdd={addSteps} />
    </div>
  );
}

/** The rule that is open, in the URL as its number; `new`: a rule of the line that the page was opened with. */
function useSelection() {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const written = search['rule'] ?? '';
  const { service = '', source = '' } = search as { service?: string; source?: string };
  return {
    place: written === 'new' ? ('new' as const) : Math.max(0, (Number.parseInt(written, 10) || 1) - 1),
    seed: written === 'new' ? { service, source } : undefined,
    select: (place: number): void =>
      void navigate({
        to: '.',
        search: (before: Search) => ({ ...before, rule: place <= 0 ? undefined : String(place + 1) }),
        replace: true,
      }),
  };
}
