import styles from './command.module.css';
import { CopyButton } from './copy-button.tsx';

/** A command for a terminal in one line, with a button that copies it. */
export function Command({ text, label = 'command' }: { readonly text: string; readonly label?: string }) {
  return (
    <div className={styles.command}>
      <input
        className={styles.text}
        readOnly
        value={text}
        aria-label={label}
        onFocus={(event) => event.target.select()}
        spellCheck={false}
      />
      <CopyButton text={text} label={`Copy ${label}`} />
    </div>
  );
}
