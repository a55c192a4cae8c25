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
    <div className={styles.tableBox}>
      <table className={styles.table} aria-label={title}>
        <thead>
          <tr>
            {fields.map(({ name, type }) => (
              <th key={name} scope="col" title={type}>
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
    </div>
  );
}

function cellText(value: unknown, isNumber: boolean): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number' && isNumber && !Number.isInteger(value)) return formatValue(value, '');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
