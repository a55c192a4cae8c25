import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import type { ChartSeries } from '#web/charts/chart-data.ts';
import type { ChartHandle } from '#web/charts/chart-handle.ts';
import { panelState } from '#web/charts/panel-state.tsx';
import { useQueryPanel } from '#web/charts/use-query-panel.ts';
import { useReadout } from '#web/charts/use-readout.ts';
import styles from './figure.module.css';
import type { PanelProps } from './panel-type.ts';
import { QueryFrame } from './query-frame.tsx';

export type FigurePanelProps = PanelProps & {
  /** Series drawn at most, and points of each. */
  readonly limit: number;
  readonly maxPoints: number;
  /** What is drawn are tiles, which share the room. */
  readonly tiles?: boolean;
  /** What is drawn, once for each set of series. */
  readonly children: (series: readonly ChartSeries[], unit: string) => ReactNode;
  /** Writes the values of now into what was drawn; at most four times a second. */
  readonly write: (root: HTMLElement, handle: ChartHandle, drawn: Drawn) => void;
};

export type Drawn = { readonly series: readonly ChartSeries[]; readonly unit: string };

/** The frame of panels that are drawn by hand from the values of their queries, of any language. */
export function FigurePanel({ panel, actions, limit, maxPoints, tiles = false, children, write }: FigurePanelProps) {
  const queries = panel.queries.filter(({ hidden }) => !hidden);
  const wish = {
    queries,
    unit: panel.unit,
    timeShift: panel.timeShift,
    limit,
    maxPoints,
    display: panel,
    tablesAsLines: true,
  };
  const { parsed, answer, status, unit, texts } = useQueryPanel(wish);
  const root = useRef<HTMLDivElement>(null);
  const handle = useReadout(answer.source, root);
  useWriting(root, handle, () => write, { series: status.series, unit });
  const state = panelState({ problems: parsed.problems, status, answer, texts });
  return (
    <QueryFrame {...{ panel, actions, answer, status }}>
      <div ref={root} className={tiles ? styles.tiles : styles.drawing}>
        {state ?? children(status.series, unit)}
      </div>
    </QueryFrame>
  );
}

function useWriting(
  root: RefObject<HTMLElement | null>,
  handle: ChartHandle,
  write: () => FigurePanelProps['write'],
  { series, unit }: Drawn,
): void {
  const latest = useRef(write());
  useEffect(() => {
    latest.current = write();
  });
  useEffect(
    () =>
      handle.listen(() => {
        if (root.current === null || handle.data.values.length < series.length) return;
        latest.current(root.current, handle, { series, unit });
      }),
    [root, handle, series, unit],
  );
}
