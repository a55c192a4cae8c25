import { type Column, cellClass } from './data-table-column.ts';
import styles from './data-table.module.css';

type HeadProps<Row> = {
  readonly columns: readonly Column<Row>[];
  readonly sort: string | undefined;
  readonly onSort: ((sort: string) => void) | undefined;
};

/** The header row; a click sorts descending first, as the worst is wanted on top. */
export function DataTableHead<Row>({ columns, sort, onSort }: HeadProps<Row>) {
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        {columns.map((column) => {
          const order = orderOf(sort, column.key);
          return (
            <div key={column.key} role="columnheader" aria-sort={order} className={cellClass(column)}>
              {onSort === undefined || column.sortValue === undefined ? (
                column.header
              ) : (
                <button
                  type="button"
                  className={styles.sorter}
                  onClick={() => onSort(order === 'descending' ? column.key : `-${column.key}`)}
                >
                  {column.header}
                  <span aria-hidden="true">{order === 'none' ? '' : order === 'descending' ? ' ▾' : ' ▴'}</span>
                </button>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function orderOf(sort: string | undefined, key: string): 'none' | 'ascending' | 'descending' {
  if (sort === key) return 'ascending';
  return sort === `-${key}` ? 'descending' : 'none';
}
