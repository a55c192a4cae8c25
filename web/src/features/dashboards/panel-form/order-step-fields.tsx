import { SelectField } from '#web/ui/field.tsx';
import styles from './form.module.css';
import { NameField } from './name-field.tsx';
import { NumberField } from './number-field.tsx';
import type { StepPart } from './step-choices.ts';

const MAX_COUNT = 10_000;
const DIRECTIONS = [
  { value: 'yes', label: 'Greatest first' },
  { value: 'no', label: 'Least first' },
];

/** Fields of steps that say which come first, and how many stay. */
export function OrderStepFields({ step, before, onChange }: StepPart<'sort' | 'limit'>) {
  if (step.kind === 'limit') {
    return (
      <div className={styles.fields}>
        <NumberField
          label="At most"
          placeholder="1"
          min={1}
          value={step.count}
          onChange={(count) => onChange({ ...step, count: Math.min(MAX_COUNT, Math.max(1, Math.round(count ?? 1))) })}
        />
      </div>
    );
  }
  return (
    <div className={styles.fields}>
      <NameField
        label="By"
        placeholder="newest value"
        names={before.shape === 'table' ? before.names : before.labels}
        value={step.by}
        maxLength={500}
        onChange={({ target }) => onChange({ ...step, by: target.value })}
      />
      <SelectField
        label="Order"
        value={step.descending ? 'yes' : 'no'}
        options={DIRECTIONS}
        onChange={({ target }) => onChange({ ...step, descending: target.value === 'yes' })}
      />
    </div>
  );
}
