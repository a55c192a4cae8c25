import type { Threshold } from '#core/api/panel-display.ts';
import type { TimeControl } from '#web/app/time/use-time.ts';
import { AnswerTable } from './answer-table.tsx';
import type { ChartSource, ChartStatus } from './chart-data.ts';
import type { ChartHandle } from './chart-handle.ts';
import { ChartTable } from './chart-table.tsx';
import type { EventMark } from './event-marks.ts';
import { TimeSeriesChart } from './time-series-chart.tsx';

export type ChartBodyProps = {
  readonly title: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly stack?: boolean | undefined;
  readonly style?: 'line' | 'bars' | 'points' | undefined;
  readonly decimals?: number | undefined;
  readonly thresholds?: readonly Threshold[] | undefined;
  readonly asTable: boolean;
  readonly source: ChartSource;
  readonly status: ChartStatus;
  readonly handle: ChartHandle;
  readonly unit: string;
  /** Opacity of the area. */
  readonly fill: number;
  readonly marks: readonly EventMark[];
  readonly hidden: ReadonlySet<string>;
  readonly time: TimeControl;
};

/** The inside of a chart: the picture, its values as a table, or rows that have no time. */
export function ChartBody({ asTable, source, status, fill, time, ...props }: ChartBodyProps) {
  const { title, unit, decimals, stack = false, style = 'line', handle, min, max, thresholds, marks, hidden } = props;
  const [table] = status.tables ?? [];
  if (table !== undefined && status.series.length === 0) return <AnswerTable title={title} table={table} />;
  if (asTable) return <ChartTable {...{ title, source, unit, decimals }} />;
  return (
    <TimeSeriesChart
      {...{ title, source, handle, unit, min, max, fill, style, thresholds, marks, hidden }}
      stacked={stack}
      onZoom={time.zoom}
      onZoomOut={time.zoomOut}
    />
  );
}
