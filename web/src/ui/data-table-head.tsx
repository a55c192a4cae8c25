import styles from './data-table.module.css';
import { type Column, cellClass } from './data-table-column.ts';

type HeadProps<Row> = {
  readonly columns: readonly Column<Row>[];
  readonly sort: string | undefined;
  readonly onSort: ((sort: string) => void) | undefined;
};

/** The header row; a click sorts descending first, as the worst is wanted on top. */
export function DataTableHead<Row>({ columns, sort, onSort }: HeadProps<Row>) {
  return (
    <thead>
      <tr aria-rowindex={1} className={styles.headRow}>
        {columns.map((column) => {
          const order = orderOf(sort, column.key);
          return (
            <th key={column.key} scope="col" aria-sort={order} className={cellClass(column)}>
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
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function orderOf(sort: string | undefined, key: string): 'none' | 'ascending' | 'descending' {
  if (sort === key) return 'ascending';
  return sort === `-${key}` ? 'descending' : 'none';
}
