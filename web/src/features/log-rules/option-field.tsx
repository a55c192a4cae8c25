import { Field, SelectField } from '#web/ui/field.tsx';
import styles from './parsing.module.css';
import type { OptionText } from './rule-draft.ts';
import type { StepOption } from './step-forms.ts';
import { TextArea } from './text-area.tsx';

type OptionFieldProps = {
  readonly option: StepOption;
  readonly value: OptionText;
  readonly onChange: (value: OptionText) => void;
};

/** The input of one option of a step. */
export function OptionField({ option, value, onChange }: OptionFieldProps) {
  const { label, hint = '', placeholder } = option;
  const common = { label, hint, placeholder, spellCheck: false };
  switch (option.kind) {
    case 'check':
      return (
        <label className={styles.check}>
          <input type="checkbox" checked={value === true} onChange={({ target }) => onChange(target.checked)} />
          {label}
        </label>
      );
    case 'choice':
      return (
        <SelectField
          {...{ label, hint }}
          options={option.options.map((name) => ({ value: name, label: name }))}
          value={String(value)}
          onChange={({ target }) => onChange(target.value)}
        />
      );
    case 'choices':
      return <Choices {...{ label, value, onChange }} options={option.options} />;
    case 'lines':
    case 'map':
      return <TextArea {...common} value={String(value)} onChange={onChange} />;
    case 'text':
      if (option.key === 'pattern') return <TextArea {...common} value={String(value)} onChange={onChange} />;
      return <Field {...common} value={String(value)} onChange={({ target }) => onChange(target.value)} />;
    default:
      return <Field {...common} value={String(value)} onChange={({ target }) => onChange(target.value)} />;
  }
}

type ChoicesProps = Pick<OptionFieldProps, 'value' | 'onChange'> & {
  readonly label: string;
  readonly options: readonly string[];
};

function Choices({ label, options, value, onChange }: ChoicesProps) {
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.label}>{label}</legend>
      {options.map((name) => (
        <label key={name} className={styles.check}>
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={({ target }) =>
              onChange(options.filter((one) => (one === name ? target.checked : chosen.includes(one))))
            }
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
