import type { ReactNode } from 'react';
import { Command } from './command.tsx';
import styles from './empty-state.module.css';

export type EmptyStateProps = {
  readonly title: string;
  /** It is the whole page: its title is the page's heading. */
  readonly page?: boolean;
  readonly children?: ReactNode;
  /** The one button. */
  readonly action?: ReactNode;
  /** Or the one command to copy. */
  readonly command?: string;
};

/** What a page says that has nothing to show yet: what would be here, and one step that works. */
export function EmptyState({ title, page = false, children, action, command }: EmptyStateProps) {
  const Title = page ? 'h1' : 'p';
  return (
    <div className={styles.empty}>
      <Title className={styles.title}>{title}</Title>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {action}
      {command !== undefined && <Command text={command} />}
    </div>
  );
}
