import { Field, SelectField } from '#web/ui/field.tsx';
import styles from './form.module.css';
import { NameField } from './name-field.tsx';
import { KEEP, type StepPart } from './step-choices.ts';

/** Fields of steps that act by names: what is kept, what is called otherwise. */
export function NameStepFields({ step, before, onChange }: StepPart<'filter' | 'rename'>) {
  return (
    <div className={styles.fields}>
      {step.kind === 'filter' && (
        <SelectField
          label="What fits"
          value={step.exclude ? 'yes' : 'no'}
          options={KEEP}
          onChange={({ target }) => onChange({ ...step, exclude: target.value === 'yes' })}
        />
      )}
      <NameField
        label="Pattern"
        className={styles.wide ?? ''}
        names={before.names}
        value={step.pattern}
        maxLength={500}
        onChange={({ target }) => onChange({ ...step, pattern: target.value })}
      />
      {step.kind === 'rename' && (
        <Field
          label="New name"
          value={step.to}
          maxLength={500}
          onChange={({ target }) => onChange({ ...step, to: target.value })}
        />
      )}
    </div>
  );
}
