import { type TextareaHTMLAttributes, useId } from 'react';
import styles from './parsing.module.css';

type TextAreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'> & {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
};

/** A text of several lines, in type of one width; as high as it has lines. */
export function TextArea({ label, hint = '', onChange, ...rest }: TextAreaProps) {
  const id = useId();
  return (
    <div className={styles.area}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <textarea
        rows={Math.min(12, rest.value.split('\n').length)}
        spellCheck={false}
        {...rest}
        id={id}
        aria-describedby={`${id}-note`}
        className={styles.text}
        onChange={({ target }) => onChange(target.value)}
      />
      {hint !== '' && (
        <span id={`${id}-note`} className={styles.note}>
          {hint}
        </span>
      )}
    </div>
  );
}
