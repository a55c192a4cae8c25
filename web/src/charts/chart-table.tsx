import { useEffect, useState } from 'react';
import { formatDateTime } from '#web/format/time.ts';
import styles from './chart.module.css';
import type { ChartSource } from './chart-data.ts';
import { formatLine } from './line-format.ts';

const ROWS = 200;
const REFRESH_MS = 2_000;

export type ChartTableProps = {
  readonly title: string;
  readonly source: ChartSource;
  readonly unit: string;
  readonly decimals: number | undefined;
};

type Row = { readonly t: number; readonly values: readonly number[] };

/** The chart as a table, newest first: for reading, copying and for those who do not see the picture. */
export function ChartTable({ title, source, unit, decimals }: ChartTableProps) {
  const [rows, setRows] = useState<readonly Row[]>(() => rowsOf(source));
  useEffect(() => {
    const timer = setInterval(() => setRows(rowsOf(source)), REFRESH_MS);
    return () => clearInterval(timer);
  }, [source]);
  const { series } = source.read();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={styles.tableBox} tabIndex={0} aria-label={`${title} as a table`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {series.map((line) => (
              <th key={line.key} scope="col">
                {line.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ t, values }) => (
            <tr key={t}>
              <td>{formatDateTime(t)}</td>
              {values.map((value, index) => (
                <td key={series[index]?.key ?? index}>{formatLine(value, series[index], { unit, decimals })}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function rowsOf(source: ChartSource): Row[] {
  const { t, values } = source.read();
  const rows: Row[] = [];
  for (let i = t.length - 1; i >= 0 && rows.length < ROWS; i--) {
    const row = values.map((column) => column[i] as number);
    if (row.some((value) => !Number.isNaN(value))) rows.push({ t: t[i] as number, values: row });
  }
  return rows;
}
