import { Field, SelectField } from '#web/ui/field.tsx';
import { CheckList } from './check-list.tsx';
import { FigureField } from './figure-field.tsx';
import styles from './form.module.css';
import { NameField } from './name-field.tsx';
import { choicesOf, KEEP, type StepPart } from './step-choices.ts';

const OPERATORS = choicesOf(['+', '-', '*', '/']);

/** Fields of steps that make one more series or column. */
export function MadeStepFields({ step, before, onChange }: StepPart<'calculate' | 'combine'>) {
  const { names } = before;
  return (
    <>
      <div className={styles.fields}>
        {step.kind === 'calculate' ? (
          <>
            <NameField
              label="Left"
              names={names}
              value={step.left}
              onChange={({ target }) => onChange({ ...step, left: target.value })}
            />
            <SelectField
              label="Operator"
              value={step.operator}
              options={OPERATORS}
              onChange={({ target }) => onChange({ ...step, operator: target.value as '+' | '-' | '*' | '/' })}
            />
            <NameField
              label="Right: name or number"
              names={names}
              value={step.right}
              onChange={({ target }) => onChange({ ...step, right: target.value })}
            />
          </>
        ) : (
          <FigureField value={step.figure} onChange={(figure) => onChange({ ...step, figure })} />
        )}
        <Field
          label="Its name"
          placeholder="as it is calculated"
          value={step.name}
          maxLength={200}
          onChange={({ target }) => onChange({ ...step, name: target.value })}
        />
        <SelectField
          label="The others"
          value={step.only ? 'yes' : 'no'}
          options={KEEP}
          onChange={({ target }) => onChange({ ...step, only: target.value === 'yes' })}
        />
      </div>
      {step.kind === 'combine' && (
        <CheckList
          label="Of these, or of all"
          chosen={step.of}
          offered={choicesOf(names)}
          onChange={(of) => onChange({ ...step, of })}
        />
      )}
    </>
  );
}
