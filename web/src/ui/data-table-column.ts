import type { ReactNode } from 'react';
import styles from './data-table.module.css';
import type { SortValue } from './sort-rows.ts';

/** One column of a table. */
export type Column<Row> = {
  readonly key: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** CSS grid track: `120px`, `minmax(120px, 2fr)`. */
  readonly width: string;
  readonly align?: 'start' | 'end';
  /** Makes the column sortable; null sorts last in both directions. */
  readonly sortValue?: (row: Row) => SortValue;
  /** Left out on narrow screens. */
  readonly wideOnly?: boolean;
};

/** Classes of a cell by its column. */
export function cellClass({ align, wideOnly }: Pick<Column<never>, 'align' | 'wideOnly'>): string {
  return `${styles.cell} ${align === 'end' ? styles.end : ''} ${wideOnly === true ? styles.wideOnly : ''}`;
}
