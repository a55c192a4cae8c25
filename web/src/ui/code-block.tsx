import styles from './code-block.module.css';
import { CopyButton } from './copy-button.tsx';

/** Several lines of a program or a configuration, with a button that copies them. */
export function CodeBlock({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div className={styles.block}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className={styles.text} aria-label={label} tabIndex={0}>
        <pre>{text}</pre>
      </section>
      <CopyButton text={text} label={`Copy ${label}`} />
    </div>
  );
}
