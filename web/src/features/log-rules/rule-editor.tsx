import { useId } from 'react';
import type { LogRuleFault, TriedLogRules } from '#core/api/log-rule-api.ts';
import type { LogRuleStep } from '#core/api/log-rules.ts';
import { Field } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { MatchFields } from './match-fields.tsx';
import styles from './parsing.module.css';
import { newKey, newStep, type RuleDraft, type StepDraft } from './rule-draft.ts';
import { StepCard } from './step-card.tsx';
import { STEP_FORMS, STEP_GROUPS } from './step-forms.ts';
import { moved } from './use-rules-draft.ts';

type RuleEditorProps = {
  readonly rule: RuleDraft;
  readonly place: number;
  readonly faults: readonly LogRuleFault[];
  readonly tried: TriedLogRules['rules'][number] | undefined;
  readonly onChange: (rule: RuleDraft) => void;
};

/** A rule: which lines it takes, and what it does to them. */
export function RuleEditor({ rule, place, faults, tried, onChange }: RuleEditorProps) {
  const { steps } = rule;
  const setSteps = (next: readonly StepDraft[]): void => onChange({ ...rule, steps: next });
  const messages = (step: number | undefined): string[] =>
    faults.filter((fault) => fault.step === step).map(({ message }) => message);
  return (
    <Panel
      title={`Rule ${place + 1}`}
      note={tried === undefined ? '' : `takes ${tried.matched} of the samples, drops ${tried.dropped}`}
    >
      <div className={styles.stack}>
        <Field label="Name" value={rule.name} onChange={({ target }) => onChange({ ...rule, name: target.value })} />
        <MatchFields match={rule.match} onChange={(match) => onChange({ ...rule, match })} />
        {messages(undefined).map((message) => (
          <p key={message} className={styles.fault} role="alert">
            {message}
          </p>
        ))}
        <h3 className={styles.heading}>Steps</h3>
        {steps.length === 0 && (
          <p className={styles.note}>
            No steps yet. Choose one below, or take a line of the test bench and have a pattern suggested for it.
          </p>
        )}
        <ol className={styles.steps}>
          {steps.map((step, i) => (
            <StepCard
              key={step.key}
              step={step}
              position={i}
              count={steps.length}
              tried={tried?.steps[i]}
              faults={messages(i)}
              onChange={(changed) => setSteps(steps.map((one, n) => (n === i ? changed : one)))}
              onMove={(by) => setSteps(moved(steps, i, by))}
              onDouble={() => setSteps(steps.toSpliced(i + 1, 0, { ...step, key: newKey() }))}
              onRemove={() => setSteps(steps.filter((one) => one !== step))}
            />
          ))}
        </ol>
        <AddStep onAdd={(type) => setSteps([...steps, newStep(type)])} />
      </div>
    </Panel>
  );
}

function AddStep({ onAdd }: { readonly onAdd: (type: LogRuleStep['type']) => void }) {
  const id = useId();
  return (
    <div className={styles.add}>
      <label htmlFor={id}>Add a step</label>
      <select
        id={id}
        className={styles.select}
        value=""
        onChange={({ target }) => target.value !== '' && onAdd(target.value as LogRuleStep['type'])}
      >
        <option value="">Choose what it does …</option>
        {STEP_GROUPS.map(([group, types]) => (
          <optgroup key={group} label={group}>
            {types.map((type) => (
              <option key={type} value={type}>
                {STEP_FORMS[type].label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
