import { CopyButton } from './copy-button.tsx';
import styles from './command.module.css';

/** A command for a terminal, with a button that copies it. */
export function Command({ text, label = 'command' }: { readonly text: string; readonly label?: string }) {
  return (
    <div className={styles.command}>
      <pre className={styles.text} tabIndex={0} role="region" aria-label={label}>
        {text}
      </pre>
      <CopyButton text={text} label={`Copy ${label}`} />
    </div>
  );
}
