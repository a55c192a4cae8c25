import { type CSSProperties, type KeyboardEvent, useMemo } from 'react';
import { type Column, cellClass } from './data-table-column.ts';
import { DataTableHead } from './data-table-head.tsx';
import styles from './data-table.module.css';
import { sortRows } from './sort-rows.ts';
import { VirtualRows } from './virtual-rows.tsx';

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

/** More rows than this are drawn only where they are seen. */
const VIRTUAL_FROM = 100;

/** The one table: sortable, by keyboard (arrows or j/k, Enter), virtual when long. */
export function DataTable<Row>({ columns, rows, sort, ...props }: DataTableProps<Row>) {
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort]);
  const template = {
    '--columns': columns.map(({ width }) => width).join(' '),
    '--columns-narrow': columns
      .filter(({ wideOnly }) => wideOnly !== true)
      .map(({ width }) => width)
      .join(' '),
  } as CSSProperties;
  const row = (item: Row, index: number) => (
    <div
      key={props.rowKey(item)}
      className={styles.row}
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      tabIndex={index === 0 ? 0 : -1}
      onKeyDown={(event) => onRowKey(event, () => props.onOpen?.(item))}
    >
      {columns.map((column) => (
        <div key={column.key} role="cell" className={cellClass(column)}>
          {column.cell(item)}
        </div>
      ))}
    </div>
  );
  return (
    <div
      className={styles.table}
      role="table"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      style={template}
    >
      <DataTableHead columns={columns} sort={sort} onSort={props.onSort} />
      {rows.length > VIRTUAL_FROM ? (
        <VirtualRows count={sorted.length} row={(index) => row(sorted[index] as Row, index)} />
      ) : (
        <div role="rowgroup">{sorted.map(row)}</div>
      )}
    </div>
  );
}

function onRowKey(event: KeyboardEvent<HTMLDivElement>, open: () => void): void {
  if (event.target !== event.currentTarget) return;
  if (event.key === 'Enter') open();
  const step =
    event.key === 'ArrowDown' || event.key === 'j' ? 1 : event.key === 'ArrowUp' || event.key === 'k' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const index = Number(event.currentTarget.dataset['index']) + step;
  const table = event.currentTarget.closest('[role="table"]');
  table?.querySelector<HTMLElement>(`[data-index="${index}"][role="row"]`)?.focus();
}
