import type { ReactNode } from 'react';
import { Command } from './command.tsx';
import styles from './empty-state.module.css';

export type EmptyStateProps = {
  readonly title: string;
  readonly children?: ReactNode;
  /** The one button. */
  readonly action?: ReactNode;
  /** Or the one command to copy. */
  readonly command?: string;
};

/** What a page says that has nothing to show yet: what would be here, and one step that works. */
export function EmptyState({ title, children, action, command }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {action}
      {command !== undefined && <Command text={command} />}
    </div>
  );
}
