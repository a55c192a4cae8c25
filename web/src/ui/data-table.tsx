import { type CSSProperties, type KeyboardEvent, lazy, type ReactNode, Suspense, useMemo } from 'react';
import styles from './data-table.module.css';
import { type Column, cellClass } from './data-table-column.ts';
import { DataTableHead } from './data-table-head.tsx';
import { sortRows } from './sort-rows.ts';

export type DataTableProps<Row> = {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Column key, `-` before it for descending; undefined = the order given. */
  readonly sort?: string | undefined;
  readonly onSort?: (sort: string) => void;
  /** Enter on a row. A link in the first cell does the same for the mouse. */
  readonly onOpen?: (row: Row) => void;
};

/** Most tables are short: what draws the long ones comes when the first is long. */
const VirtualRows = lazy(() => import('./virtual-rows.tsx').then((module) => ({ default: module.VirtualRows })));

/** More rows than this are drawn only where they are seen. */
const VIRTUAL_FROM = 100;

/** The one table: sortable, by keyboard (arrows or j/k, Enter), virtual when long. */
export function DataTable<Row>({ columns, rows, sort, ...props }: DataTableProps<Row>) {
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort]);
  const row = (item: Row, index: number, top?: number): ReactNode => (
    <tr
      key={props.rowKey(item)}
      className={top === undefined ? styles.row : `${styles.row} ${styles.placed}`}
      style={top === undefined ? undefined : { top }}
      aria-rowindex={index + 2}
      data-index={index}
      tabIndex={index === 0 ? 0 : -1}
      onKeyDown={(event) => onRowKey(event, () => props.onOpen?.(item))}
    >
      {columns.map((column) => (
        <td key={column.key} className={cellClass(column)}>
          {column.cell(item)}
        </td>
      ))}
    </tr>
  );
  return (
    <table className={styles.table} aria-label={props.label} aria-rowcount={rows.length + 1} style={tracks(columns)}>
      <DataTableHead columns={columns} sort={sort} onSort={props.onSort} />
      {rows.length > VIRTUAL_FROM ? (
        <Suspense fallback={<tbody />}>
          <VirtualRows count={sorted.length} row={(index, top) => row(sorted[index] as Row, index, top)} />
        </Suspense>
      ) : (
        <tbody>{sorted.map((item, index) => row(item, index))}</tbody>
      )}
    </table>
  );
}

function tracks(columns: readonly Column<never>[]): CSSProperties {
  const narrow = columns.filter(({ wideOnly }) => wideOnly !== true);
  return {
    '--columns': columns.map(({ width }) => width).join(' '),
    '--columns-narrow': narrow.map(({ width }) => shrinking(width)).join(' '),
  } as CSSProperties;
}

/** A track without a least width: on narrow screens texts are cut rather than the page widened. */
function shrinking(width: string): string {
  return width.replace(/^minmax\(\d+px/, 'minmax(0').replace(/^\d+px$/, 'minmax(0, $&)');
}

function onRowKey(event: KeyboardEvent<HTMLTableRowElement>, open: () => void): void {
  if (event.target !== event.currentTarget) return;
  if (event.key === 'Enter') open();
  const step =
    event.key === 'ArrowDown' || event.key === 'j' ? 1 : event.key === 'ArrowUp' || event.key === 'k' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const index = Number(event.currentTarget.dataset['index']) + step;
  event.currentTarget.closest('table')?.querySelector<HTMLElement>(`tr[data-index="${index}"]`)?.focus();
}
