import styles from './log-table.module.css';
import type { LogView } from './use-log-view.ts';

/** The names of the columns; that of the time turns the order. */
export function LogTableHead({ view: { columns, order, setOrder } }: { readonly view: LogView }) {
  const isNewest = order === 'newest';
  return (
    <tr className={styles.line}>
      <th scope="col">
        <span className="visually-hidden">details</span>
      </th>
      <th scope="col" aria-sort={isNewest ? 'descending' : 'ascending'}>
        <button type="button" className={styles.sort} onClick={() => setOrder(isNewest ? 'oldest' : 'newest')}>
          time {isNewest ? '↓' : '↑'}
        </button>
      </th>
      {columns.map((name) => (
        <th key={name} scope="col" data-column={name}>
          {name}
        </th>
      ))}
    </tr>
  );
}
