import { useEffect, useMemo, useRef, useState } from 'react';
import type { Panel } from '#core/api/dashboard.ts';
import { NAME_LABEL } from '#core/model/labels.ts';
import styles from '#web/charts/chart.module.css';
import type { ChartSeries } from '#web/charts/chart-data.ts';
import { type ChartHandle, readoutValue } from '#web/charts/chart-handle.ts';
import { joinParts } from '#web/format/value.ts';
import figures from '#web/panels/figure.module.css';
import { writeStatus } from '#web/panels/figure-status.ts';
import { shownValue } from '#web/panels/shown-value.ts';

export type LatestTableProps = {
  readonly series: readonly ChartSeries[];
  readonly handle: ChartHandle;
  readonly unit: string;
  readonly decimals: number | undefined;
  readonly rules: Pick<Panel, 'mappings' | 'thresholds'>;
};

type Sort = { readonly column: string; readonly descending: boolean };

const VALUE = 'value';

/** A column a label and the newest value. */
export function LatestTable({ series, handle, unit, decimals, rules }: LatestTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [sort, setSort] = useState<Sort>();
  const columns = useMemo(() => columnsOf(series), [series]);
  const order = useMemo(() => orderOf(series, handle, sort), [series, handle, sort]);
  useEffect(
    () =>
      handle.listen(() => {
        for (const cell of body.current?.querySelectorAll<HTMLElement>('[data-line]') ?? []) {
          const line = Number(cell.dataset['line']);
          if (!order.includes(line)) continue;
          const [mark, text] = cell.children;
          const shown = shownValue(readoutValue(handle, line), series[line], { ...rules, unit, decimals });
          writeStatus(cell, mark, shown);
          if (text !== undefined) text.textContent = joinParts(shown);
        }
      }),
    [handle, unit, decimals, order, rules, series],
  );
  return (
    <div className={styles.tableBox}>
      <table className={styles.table}>
        <thead>
          <tr>
            {[...columns, VALUE].map((column) => (
              <th
                key={column}
                scope="col"
                aria-sort={sort?.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'}
              >
                <button
                  type="button"
                  className={styles.sort}
                  onClick={() =>
                    setSort({ column, descending: sort?.column === column ? !sort.descending : column === VALUE })
                  }
                >
                  {column === NAME_LABEL ? 'metric' : column}
                  {sort?.column === column ? (sort.descending ? ' ↓' : ' ↑') : ''}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {order.map((index) => (
            <tr key={series[index]?.key}>
              {columns.map((column) => (
                <td key={column}>{series[index]?.labels[column] ?? ''}</td>
              ))}
              <td data-line={index}>
                <span className={figures.shape} />
                <span>–</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Labels in which the series differ; of a single series all but the name. */
function columnsOf(series: readonly ChartSeries[]): string[] {
  const names = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))];
  const differing = names.filter((name) => new Set(series.map(({ labels }) => labels[name])).size > 1);
  return (differing.length > 0 ? differing : names.filter((name) => name !== NAME_LABEL)).sort();
}

function orderOf(series: readonly ChartSeries[], handle: ChartHandle, sort: Sort | undefined): number[] {
  const indexes = series.map((_, index) => index);
  if (sort === undefined) return indexes;
  const sign = sort.descending ? -1 : 1;
  if (sort.column === VALUE) {
    const values = indexes.map((index) => readoutValue(handle, index));
    const rank = (index: number): number =>
      Number.isNaN(values[index]) ? Number.POSITIVE_INFINITY : sign * (values[index] ?? 0);
    return indexes.sort((a, b) => rank(a) - rank(b));
  }
  const text = (index: number): string => series[index]?.labels[sort.column] ?? '';
  return indexes.sort((a, b) => sign * text(a).localeCompare(text(b), undefined, { numeric: true }));
}
