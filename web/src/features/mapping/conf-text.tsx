import type { ConfFault } from '#core/ingest-rules/conf-lines.ts';
import styles from './mapping.module.css';

type ConfTextProps = {
  readonly label: string;
  readonly placeholder: string;
  readonly text: string;
  readonly faults: readonly ConfFault[];
  readonly onChange: (text: string) => void;
};

/** The text of one of carbon's files, with what is wrong in it. */
export function ConfText({ label, placeholder, text, faults, onChange }: ConfTextProps) {
  return (
    <>
      <label className={styles.label}>
        {label}
        <textarea
          className={styles.text}
          placeholder={placeholder}
          value={text}
          onChange={({ target }) => onChange(target.value)}
        />
      </label>
      {faults.map(({ line, problem }) => (
        <p key={line} className={styles.warning}>
          Line {line}: {problem}
        </p>
      ))}
    </>
  );
}
