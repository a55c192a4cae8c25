import type { TableHeader } from '#core/api/text-query.ts';
import { formatDateTime } from '#web/format/time.ts';
import { formatValue } from '#web/format/value.ts';
import styles from './chart.module.css';

const SHOWN_ROWS = 500;

export type AnswerTableProps = { readonly title: string; readonly table: TableHeader };

/** Rows without a time, of SQL and of log queries, as they came. */
export function AnswerTable({ title, table }: AnswerTableProps) {
  const { fields, rows, truncated } = table;
  const isNumber = fields.map(({ type }) => /^number$|Int|Float|Decimal/.test(type));
  const rest = rows.length - SHOWN_ROWS;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={styles.tableBox} aria-label={`Rows of ${title}`} tabIndex={0}>
      <table className={styles.table} aria-label={title}>
        <thead>
          <tr>
            {fields.map(({ name, type }, column) => (
              <th key={name} scope="col" title={type} data-number={isNumber[column]}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, SHOWN_ROWS).map((row, index) => (
            <tr key={index}>
              {fields.map(({ name, type }, column) => (
                <td key={name} data-number={isNumber[column]}>
                  {type === 'time'
                    ? formatDateTime(Number(row[column]))
                    : cellText(row[column], isNumber[column] === true)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className={styles.tableNote}>No rows</p>}
      {rest > 0 && (
        <p className={styles.tableNote}>
          {rest}
          {truncated ? '+' : ''} more rows: add a LIMIT or group them
        </p>
      )}
    </section>
  );
}

function cellText(value: unknown, isNumber: boolean): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number' && isNumber && !Number.isInteger(value)) return formatValue(value, '');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
