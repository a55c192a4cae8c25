import { type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, useId } from 'react';
import styles from './field.module.css';

type Common = { readonly label: ReactNode; readonly hint?: ReactNode; readonly error?: string | undefined };

export type FieldProps = Common &
  InputHTMLAttributes<HTMLInputElement> & { readonly ref?: Ref<HTMLInputElement> | undefined };

/** A text input with its label, hint and error. */
export function Field({ label, hint, error, className = '', ...input }: FieldProps) {
  const id = useId();
  return (
    <div className={`${styles.field} ${className}`}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={styles.input}
        aria-describedby={`${id}-note`}
        aria-invalid={error !== undefined}
        {...input}
      />
      <Note id={`${id}-note`} hint={hint} error={error} />
    </div>
  );
}

export type SelectFieldProps = Common &
  SelectHTMLAttributes<HTMLSelectElement> & {
    readonly options: readonly { readonly value: string; readonly label: string }[];
  };

/** A choice of few, with its label. */
export function SelectField({ label, hint, error, options, className = '', ...select }: SelectFieldProps) {
  const id = useId();
  return (
    <div className={`${styles.field} ${className}`}>
      <label htmlFor={id}>{label}</label>
      <select id={id} className={styles.input} aria-describedby={`${id}-note`} {...select}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Note id={`${id}-note`} hint={hint} error={error} />
    </div>
  );
}

function Note({ id, hint, error }: { id: string; hint: ReactNode; error: string | undefined }) {
  return (
    <div id={id} className={error === undefined ? styles.hint : styles.error}>
      {error ?? hint}
    </div>
  );
}
