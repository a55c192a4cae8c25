import { useEffect, useMemo, useRef, useState } from 'react';
import { formatClock } from '#web/format/time.ts';
import styles from './chart.module.css';
import type { ChartSeries } from './chart-data.ts';
import { type ChartHandle, readoutValue } from './chart-handle.ts';
import { Swatch } from './inline-legend.tsx';
import { formatLine, type ValueLook } from './line-format.ts';
import { fullName } from './series-name.ts';
import { type LineStatistics, lineStatistics } from './statistics.ts';
import type { Visibility } from './use-visibility.ts';

const FIGURES = ['min', 'avg', 'max', 'last'] as const;
type SortKey = 'name' | (typeof FIGURES)[number];
type Sort = { readonly key: SortKey; readonly descending: boolean };

export type LegendTableProps = {
  readonly series: readonly ChartSeries[];
  readonly handle: ChartHandle;
  readonly unit: string;
  readonly decimals: number | undefined;
  readonly visibility: Visibility;
};

/** The legend as a table with statistics. Rows move only when asked to: figures change in place. */
export function LegendTable({ series, handle, unit, decimals, visibility }: LegendTableProps) {
  const table = useRef<HTMLTableElement>(null);
  const [sort, setSort] = useState<Sort>();
  const order = useMemo(() => orderOf(series, handle, sort), [series, handle, sort]);
  useEffect(
    () =>
      handle.listen(
        () => order.length > 0 && table.current !== null && write(table.current, handle, { series, unit, decimals }),
      ),
    [handle, unit, decimals, order, series],
  );
  return (
    <div className={styles.tableBox}>
      <table ref={table} className={styles.table} aria-label="Series">
        <thead>
          <tr>
            {(['name', ...FIGURES] as const).map((key) => (
              <th
                key={key}
                scope="col"
                aria-sort={sort?.key !== key ? 'none' : sort.descending ? 'descending' : 'ascending'}
              >
                <button
                  type="button"
                  className={styles.sort}
                  onClick={() => setSort({ key, descending: sort?.key === key ? !sort.descending : key !== 'name' })}
                >
                  <span data-head={key}>{key === 'name' ? `Series (${series.length})` : key}</span>
                  {sort?.key === key ? (sort.descending ? ' ↓' : ' ↑') : ''}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {order.map((index) => {
            const line = series[index] as ChartSeries;
            return (
              <tr key={line.key} data-line={index}>
                <td>
                  <button
                    type="button"
                    className={styles.item}
                    aria-pressed={!visibility.hidden.has(line.key)}
                    title={`${fullName(line.labels)}\nClick: only this. Ctrl-click: hide or show.`}
                    onClick={(event) => visibility.click(line.key, event.ctrlKey || event.metaKey)}
                  >
                    <Swatch index={index} series={series} />
                    {line.name}
                  </button>
                </td>
                {FIGURES.map((figure) => (
                  <td key={figure} data-figure={figure}>
                    –
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function orderOf(series: readonly ChartSeries[], handle: ChartHandle, sort: Sort | undefined): number[] {
  const indexes = series.flatMap(({ look }, index) => (look?.legend === false ? [] : [index]));
  if (sort === undefined) return indexes;
  const sign = sort.descending ? -1 : 1;
  const { key } = sort;
  if (key === 'name') {
    return indexes.sort(
      (a, b) => sign * (series[a]?.name ?? '').localeCompare(series[b]?.name ?? '', undefined, { numeric: true }),
    );
  }
  const figures = series.map((_, index) => lineStatistics(handle.data, index)[key]);
  const rank = (index: number): number =>
    Number.isNaN(figures[index]) ? Number.POSITIVE_INFINITY : sign * (figures[index] ?? 0);
  return indexes.sort((a, b) => rank(a) - rank(b) || a - b);
}

type Written = ValueLook & { readonly series: readonly ChartSeries[] };

function write(table: HTMLElement, handle: ChartHandle, { series, ...look }: Written): void {
  const t = handle.index === undefined ? undefined : handle.data.t[handle.index];
  const head = table.querySelector('[data-head="last"]');
  if (head !== null) head.textContent = t === undefined ? 'last' : formatClock(t);
  for (const row of table.querySelectorAll<HTMLElement>('[data-line]')) {
    const index = Number(row.dataset['line']);
    const figures: LineStatistics = { ...lineStatistics(handle.data, index), last: readoutValue(handle, index) };
    for (const cell of row.querySelectorAll<HTMLElement>('[data-figure]')) {
      const text = formatLine(figures[cell.dataset['figure'] as keyof LineStatistics], series[index], look);
      if (cell.textContent !== text) cell.textContent = text;
    }
  }
}
