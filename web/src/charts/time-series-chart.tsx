/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- a canvas has no element of its own: a focusable group around an image in words, moved by arrow keys */
import 'uplot/dist/uPlot.min.css';
import { type KeyboardEvent, use, useEffect, useId, useMemo, useRef } from 'react';
import type { Threshold } from '#core/api/panel-display.ts';
import { formatDateTime } from '#web/format/time.ts';
import styles from './chart.module.css';
import type { ChartSource } from './chart-data.ts';
import { ChartDriver } from './chart-driver.ts';
import { ChartContext } from './chart-environment.ts';
import { type ChartHandle, readoutValue } from './chart-handle.ts';
import type { EventMark } from './event-marks.ts';
import { formatLine } from './line-format.ts';
import { summarise } from './summary.ts';

export type TimeSeriesChartProps = {
  readonly title: string;
  readonly source: ChartSource;
  readonly handle: ChartHandle;
  readonly unit?: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly stacked?: boolean;
  /** Opacity of the area, 0..1. */
  readonly fill?: number;
  readonly style?: 'line' | 'bars' | 'points';
  readonly thresholds?: readonly Threshold[] | undefined;
  readonly marks?: readonly EventMark[] | undefined;
  /** Keys of series that are not drawn. */
  readonly hidden?: ReadonlySet<string>;
  readonly onZoom: (fromMs: number, toMs: number) => void;
  readonly onZoomOut: () => void;
};

const NO_THRESHOLDS: readonly Threshold[] = [];
const NO_MARKS: readonly EventMark[] = [];
const NOTHING_HIDDEN: ReadonlySet<string> = new Set();
const BIG_STEP = 10;
const SPOKEN = 3;

/** Everything with a time axis. Fills its parent; drag zooms, double click zooms out, arrow keys move the crosshair. */
export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const { title, source, handle, unit = '', min, max, stacked = false, fill = 0, style = 'line' } = props;
  const { thresholds = NO_THRESHOLDS, hidden = NOTHING_HIDDEN } = props;
  const environment = use(ChartContext);
  const host = useRef<HTMLDivElement>(null);
  const driver = useRef<ChartDriver>(null);
  const spoken = useRef<HTMLSpanElement>(null);
  const hintId = useId();
  const actions = useRef(props);
  useEffect(() => {
    actions.current = props;
  });
  const input = useMemo(
    () => ({
      unit,
      min,
      max,
      stacked,
      fill,
      style,
      thresholds,
      onZoom: (from: number, to: number) => actions.current.onZoom(from, to),
      onZoomOut: () => actions.current.onZoomOut(),
    }),
    [unit, min, max, stacked, fill, style, thresholds],
  );
  useEffect(() => {
    if (host.current === null) return;
    const own = new ChartDriver({ host: host.current, environment, handle, source, input, hidden });
    own.setMarks(actions.current.marks ?? NO_MARKS);
    driver.current = own;
    return () => {
      own.close();
      driver.current = null;
    };
  }, [environment, handle, source, input, hidden]);
  const { marks = NO_MARKS } = props;
  useEffect(() => driver.current?.setMarks(marks), [marks]);
  useEffect(() => describeWhenAsked(host.current, () => summarise(title, handle.data, unit)), [handle, title, unit]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'z' && !event.ctrlKey && !event.metaKey) actions.current.onZoomOut();
    else if (event.key === 'Escape') driver.current?.clearCursor();
    else {
      const step = stepOf(event);
      if (step === 0) return;
      event.preventDefault();
      driver.current?.stepCursor(step);
      if (spoken.current !== null) spoken.current.textContent = speak(handle, unit);
    }
    event.stopPropagation();
  };
  return (
    <div
      className={styles.plot}
      role="group"
      aria-label={title}
      aria-describedby={hintId}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div ref={host} className={styles.host} role="img" aria-label={title} />
      <span ref={spoken} className="visually-hidden" aria-live="polite" />
      <span id={hintId} className="visually-hidden">
        Arrow keys move the crosshair, z zooms out.
      </span>
    </div>
  );
}

/** A summary costs a pass over the data: it is made when the chart gets the focus or the pointer, not per tick. */
function describeWhenAsked(host: HTMLElement | null, summary: () => string): (() => void) | undefined {
  const group = host?.parentElement;
  if (host === null || group === null || group === undefined) return undefined;
  const describe = (): void => host.setAttribute('aria-label', summary());
  const first = setTimeout(describe, 2_000);
  group.addEventListener('focus', describe);
  return () => {
    clearTimeout(first);
    group.removeEventListener('focus', describe);
  };
}

function stepOf({ key, shiftKey }: KeyboardEvent): number {
  const size = shiftKey ? BIG_STEP : 1;
  if (key === 'ArrowLeft') return -size;
  if (key === 'ArrowRight') return size;
  if (key === 'Home') return Number.NEGATIVE_INFINITY;
  return key === 'End' ? Number.POSITIVE_INFINITY : 0;
}

function speak(handle: ChartHandle, unit: string): string {
  const t = handle.data.t[handle.index ?? -1];
  if (t === undefined) return '';
  const values = handle.data.series
    .slice(0, SPOKEN)
    .map((line, index) => `${line.name} ${formatLine(readoutValue(handle, index), line, { unit })}`);
  return `${formatDateTime(t)}: ${values.join(', ')}`;
}
