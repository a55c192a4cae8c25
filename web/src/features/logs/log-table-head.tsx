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
        <th key={name} scope="col">
          {name}
        </th>
      ))}
    </tr>
  );
}

/** The widths of all columns, as CSS grid tracks. */
export function columnTracks(columns: readonly string[]): string {
  return `28px var(--time) ${columns.map(widthOf).join(' ')}`;
}

function widthOf(column: string, index: number, columns: readonly string[]): string {
  if (column === 'message') return 'minmax(260px, 1fr)';
  if (column === 'level') return '68px';
  return index === columns.length - 1 && !columns.includes('message') ? 'minmax(120px, 1fr)' : '116px';
}
