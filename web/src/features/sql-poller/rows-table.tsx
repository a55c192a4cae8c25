import type { CollectedTable } from '#core/plugin/collector.ts';
import { type ColumnRole, type QueryDraft, ROLES } from './query-draft.ts';
import styles from './sql-poller.module.css';

const LABELS: Readonly<Record<ColumnRole, string>> = {
  value: 'Value',
  counter: 'Counter',
  label: 'Label',
  time: 'Time (its age)',
  none: 'Not used',
};

type RowsTableProps = {
  readonly table: CollectedTable;
  readonly roles: QueryDraft['roles'];
  readonly onRole: (column: string, role: ColumnRole) => void;
};

/** The rows of an answer; above each column what it becomes. */
export function RowsTable({ table: { columns, rows }, roles, onRole }: RowsTableProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={styles.rows} aria-label="Rows of the answer" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
                <select
                  aria-label={`What ${column} becomes`}
                  value={roles[column] ?? 'none'}
                  onChange={({ target }) => onRole(column, target.value as ColumnRole)}
                >
                  {ROLES.map((role) => (
                    <option key={role} value={role}>
                      {LABELS[role]}
                    </option>
                  ))}
                </select>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={`${i} ${row.join(' ')}`}>
              {row.map((cell, j) => (
                <td key={columns[j]} title={cell ?? undefined} className={cell === null ? styles.null : undefined}>
                  {cell ?? 'NULL'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
