import { useId } from 'react';
import type { OptionSchema } from '#core/plugin/option-schema.ts';
import { Field, SelectField } from '#web/ui/field.tsx';
import styles from './collectors.module.css';
import { clearName, fieldName, optionLabel } from './target-draft.ts';

type OptionFieldProps = {
  readonly name: string;
  readonly option: OptionSchema;
  readonly isRequired: boolean;
  /** Undefined: not set, so the default holds. */
  readonly value: unknown;
  /** Of a secret: there is one, which nobody can see. */
  readonly isSet: boolean;
};

/** The input of one option of a collector, made from its schema. */
export function OptionField({ name, option, isRequired, value, isSet }: OptionFieldProps) {
  const label = optionLabel(name);
  const common = { name: fieldName(name), label, hint: option.description, required: isRequired };
  const text = textOf(value ?? (option.format === 'secret' ? undefined : option.default));
  if (option.format === 'secret') return <SecretField name={name} hint={option.description} isSet={isSet} />;
  if (option.type === 'boolean') return <CheckField {...common} isChecked={(value ?? option.default) === true} />;
  if (option.enum !== undefined) {
    const options = option.enum.map((one) => ({ value: one, label: one }));
    return <SelectField {...common} options={options} defaultValue={text} />;
  }
  if (option.format === 'lines') return <LinesField {...common} text={text} />;
  const isNumber = option.type === 'number' || option.type === 'integer';
  return (
    <Field
      {...common}
      type={isNumber ? 'number' : 'text'}
      {...(isNumber ? { min: option.minimum, max: option.maximum, step: option.type === 'integer' ? 1 : 'any' } : {})}
      defaultValue={text}
      spellCheck={false}
      autoComplete="off"
    />
  );
}

function SecretField({ name, hint, isSet }: { name: string; hint: string | undefined; isSet: boolean }) {
  const label = optionLabel(name);
  return (
    <div className={styles.secret}>
      <Field
        name={fieldName(name)}
        label={label}
        hint={isSet ? 'It is set; leave it empty to keep it.' : hint}
        type="password"
        placeholder={isSet ? '••••••••' : ''}
        autoComplete="new-password"
      />
      {isSet && <CheckField name={clearName(name)} label={`Remove ${label.toLowerCase()}`} isChecked={false} />}
    </div>
  );
}

type CheckFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly isChecked: boolean;
};

/** A box to tick, with its label and hint. */
export function CheckField({ name, label, hint, isChecked }: CheckFieldProps) {
  const id = useId();
  return (
    <div className={styles.check}>
      <input id={id} type="checkbox" name={name} defaultChecked={isChecked} aria-describedby={`${id}-note`} />
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <small id={`${id}-note`} className={styles.small}>
          {hint}
        </small>
      )}
    </div>
  );
}

function LinesField({
  name,
  label,
  hint,
  text,
}: {
  name: string;
  label: string;
  hint: string | undefined;
  text: string;
}) {
  return (
    <label className={styles.lines}>
      {label}
      <textarea name={name} defaultValue={text} spellCheck={false} />
      {hint}
    </label>
  );
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return value === undefined || value === null ? '' : String(value as string | number);
}
