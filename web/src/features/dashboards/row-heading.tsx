import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import styles from './dashboard.module.css';

export type RowHeadingProps = { readonly title: string; readonly isOpen: boolean; readonly onToggle: () => void };

/** The heading of a section of a dashboard; a click opens or closes the section. */
export function RowHeading({ title, isOpen, onToggle }: RowHeadingProps) {
  return (
    <h2 className={styles.rowBox}>
      <button type="button" className={styles.row} aria-expanded={isOpen} onClick={onToggle}>
        {isOpen ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
        {title || 'Section'}
      </button>
    </h2>
  );
}
