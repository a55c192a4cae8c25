import type { TriedStep } from '#core/api/log-rule-api.ts';
import { OrderTools } from '#web/ui/order-tools.tsx';
import { microsText } from './bench-text.ts';
import { OptionField } from './option-field.tsx';
import styles from './parsing.module.css';
import type { StepDraft } from './rule-draft.ts';
import { STEP_FORMS } from './step-forms.ts';

export type StepCardProps = {
  readonly step: StepDraft;
  readonly position: number;
  readonly count: number;
  /** What it did to the samples; undefined: not known. */
  readonly tried: TriedStep | undefined;
  readonly faults: readonly string[];
  readonly onChange: (step: StepDraft) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onDouble: () => void;
  readonly onRemove: () => void;
};

/** One step of a rule: its options, what is wrong with it, and what it does to the samples. */
export function StepCard({ step, position, count, tried, faults, onChange, ...acts }: StepCardProps) {
  const number = position + 1;
  const { label, help, options } = STEP_FORMS[step.type];
  const name = `step ${number}`;
  return (
    <li className={styles.step} aria-label={`Step ${number}: ${label}`} data-faulty={faults.length > 0}>
      <header className={styles.stepHead}>
        <span className={styles.stepName}>
          {number}. {label}
        </span>
        <span className={styles.note}>{tried === undefined || tried.runs === 0 ? '' : triedText(tried)}</span>
        <span className={styles.tools}>
          <OrderTools name={name} at={position} count={count} {...acts} />
        </span>
      </header>
      <p className={styles.note}>{help}</p>
      {options.length > 0 && (
        <div className={styles.options}>
          {options.map((option) => (
            <OptionField
              key={option.key}
              option={option}
              value={step.values[option.key] ?? ''}
              onChange={(value) => onChange({ ...step, values: { ...step.values, [option.key]: value } })}
            />
          ))}
        </div>
      )}
      {faults.map((fault) => (
        <p key={fault} className={styles.fault} role="alert">
          {fault}
        </p>
      ))}
    </li>
  );
}

function triedText({ runs, failed, dropped, micros }: TriedStep): string {
  const parts = [
    `ran ${runs}`,
    ...(failed > 0 ? [`failed ${failed}`] : []),
    ...(dropped > 0 ? [`dropped ${dropped}`] : []),
  ];
  return `${parts.join(', ')}; ${microsText(micros)} each`;
}
