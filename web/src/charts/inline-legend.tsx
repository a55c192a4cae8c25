import { type MouseEvent, use, useEffect, useRef, useState } from 'react';
import styles from './chart.module.css';
import type { ChartSeries } from './chart-data.ts';
import { ChartContext } from './chart-environment.ts';
import { type ChartHandle, readoutValue } from './chart-handle.ts';
import { useLegendOrder } from './legend-order.ts';
import { formatLine } from './line-format.ts';
import { cssColour, stylesOf } from './palette.ts';
import { fullName } from './series-name.ts';
import type { Visibility } from './use-visibility.ts';

export type InlineLegendProps = {
  readonly series: readonly ChartSeries[];
  readonly handle: ChartHandle;
  readonly unit: string;
  readonly decimals: number | undefined;
  readonly visibility: Visibility;
  /** All lines are wanted: the legend may grow and scroll. */
  readonly open: boolean;
  /** Entries stay in the order of the series. */
  readonly sorted?: boolean;
};

/** Values that come after the names make entries wider: what does not fit is counted again then. */
const SETTLE_MS = 1_500;

/** The legend in a row: colour, name, value. A click isolates, Ctrl-click hides one. */
export function InlineLegend({ series, handle, unit, decimals, visibility, open, sorted = false }: InlineLegendProps) {
  const list = useRef<HTMLUListElement>(null);
  const environment = use(ChartContext);
  const [wrapped, setWrapped] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const isGrown = open || isOpen;
  const isBusy = (): boolean => list.current?.matches(':hover, :focus-within') === true;
  const order = useLegendOrder(handle, { series, sorted, isBusy });
  useEffect(() => {
    const box = list.current;
    if (box === null) return undefined;
    const count = (): void => setWrapped(order.length === 0 ? 0 : countWrapped(box));
    const settled = setTimeout(count, SETTLE_MS);
    const end = environment.observeSize(box, count);
    return () => {
      clearTimeout(settled);
      end();
    };
  }, [environment, order]);
  useEffect(() => {
    const figures = list.current?.querySelectorAll('[data-figure]');
    return handle.listen(() => {
      figures?.forEach((figure, place) => {
        const index = order[place];
        if (index === undefined) return;
        const text = formatLine(readoutValue(handle, index), series[index], { unit, decimals });
        if (figure.textContent !== text) figure.textContent = text;
      });
    });
  }, [handle, unit, decimals, order, series]);
  return (
    <>
      <ul ref={list} className={`${styles.legend} ${isGrown ? styles.open : ''}`}>
        {order.map((index) => {
          const line = series[index];
          return line && <Entry key={line.key} {...{ line, index, series, visibility }} />;
        })}
      </ul>
      {wrapped > 0 && !open && (
        <button type="button" className={styles.link} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'less' : `+${wrapped}`}
        </button>
      )}
    </>
  );
}

type EntryProps = Pick<InlineLegendProps, 'series' | 'visibility'> & {
  readonly line: ChartSeries;
  readonly index: number;
};

function Entry({ line, index, series, visibility }: EntryProps) {
  return (
    <li>
      <button
        type="button"
        className={styles.item}
        title={`${fullName(line.labels)}\nClick: only this. Ctrl-click: hide or show.`}
        aria-pressed={!visibility.hidden.has(line.key)}
        onClick={(event: MouseEvent) => visibility.click(line.key, event.ctrlKey || event.metaKey)}
      >
        <Swatch index={index} series={series} />
        <span className={styles.name}>{line.name}</span>
        <span className={styles.figure} data-figure="" />
      </button>
    </li>
  );
}

/** Entries that do not fit into the first row. */
function countWrapped(list: HTMLElement): number {
  const [first, ...rest] = list.children;
  if (!(first instanceof HTMLElement)) return 0;
  return rest.filter((entry) => entry instanceof HTMLElement && entry.offsetTop > first.offsetTop).length;
}

/** The line's colour and dash as a small mark. */
export function Swatch({ index, series }: { readonly index: number; readonly series: readonly ChartSeries[] }) {
  const style = stylesOf(series)[index];
  return (
    <span
      aria-hidden="true"
      className={`${styles.swatch} ${(style?.dash.length ?? 0) > 0 ? styles.dashed : ''}`}
      style={{ ['--swatch' as string]: cssColour(style?.colour ?? 'series-1') }}
    />
  );
}
