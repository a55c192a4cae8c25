import { Field, SelectField } from '#web/ui/field.tsx';
import styles from './form.module.css';
import { NameField } from './name-field.tsx';
import type { StepPart } from './step-choices.ts';

type Where = StepPart<'where'>['step'];

const CONDITIONS: readonly { readonly value: Where['is']; readonly label: string }[] = [
  ...(['=', '!=', '>', '>=', '<', '<='] as const).map((value) => ({ value, label: value })),
  { value: 'like', label: 'fits the pattern' },
  { value: 'empty', label: 'is empty' },
  { value: 'filled', label: 'is not empty' },
];

/** Fields of the step that keeps rows by what a cell holds. */
export function WhereStepFields({ step, before, onChange }: StepPart<'where'>) {
  return (
    <div className={styles.fields}>
      <NameField
        label="Column"
        names={before.names}
        value={step.field}
        onChange={({ target }) => onChange({ ...step, field: target.value })}
      />
      <SelectField
        label="Condition"
        value={step.is}
        options={CONDITIONS}
        onChange={({ target }) => onChange({ ...step, is: target.value as Where['is'] })}
      />
      {step.is !== 'empty' && step.is !== 'filled' && (
        <Field
          label="Value"
          value={step.value}
          maxLength={500}
          onChange={({ target }) => onChange({ ...step, value: target.value })}
        />
      )}
    </div>
  );
}
