import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { DataLink, Threshold } from '#core/api/panel-display.ts';
import { useScope } from '#web/app/scope/use-scope.ts';
import { useTime } from '#web/app/time/use-time.ts';
import { Panel } from '#web/ui/panel.tsx';
import styles from './chart.module.css';
import { ChartBody } from './chart-body.tsx';
import { ChartFigure } from './chart-figure.tsx';
import { ChartFoot } from './chart-foot.tsx';
import { ChartHandle } from './chart-handle.ts';
import { ChartMenu } from './chart-menu.tsx';
import type { ChartQueryText } from './chart-query.ts';
import type { Display } from './displayed-source.ts';
import { type EventMark, useEventMarks } from './event-marks.ts';
import { exploreSearch } from './explore-search.ts';
import { LegendTable } from './legend-table.tsx';
import { PanelLinks } from './panel-links.tsx';
import { panelState } from './panel-state.tsx';
import { parseQueries } from './parse-queries.ts';
import { withScope } from './scope-queries.ts';
import { unitOfQueries } from './unit-of-queries.ts';
import { useChartSource } from './use-chart-source.ts';
import { useMaximumPoints } from './use-maximum-points.ts';
import { useVisibility } from './use-visibility.ts';

export type MetricChartProps = {
  readonly title: string;
  readonly queries: readonly ChartQueryText[];
  /** Base unit; by default that of the first query's metric. */
  readonly unit?: string | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly stack?: boolean | undefined;
  /** True = a light area; or its opacity. */
  readonly fill?: boolean | number | undefined;
  readonly style?: 'line' | 'bars' | 'points' | undefined;
  readonly decimals?: number | undefined;
  readonly thresholds?: readonly Threshold[] | undefined;
  readonly legend?: 'none' | 'inline' | 'table' | undefined;
  /** The line told at the right of the title, or `total`; by default the total of a stack, or the only line. */
  readonly figure?: string | undefined;
  /** Height of the drawing in px, or `fill` to fill the parent. */
  readonly height?: number | 'fill' | undefined;
  /** Opens the queries elsewhere; by default in Explore. */
  readonly onExplore?: (() => void) | undefined;
  /** Quiet words behind the title. */
  readonly note?: ReactNode;
  /** Says below the chart how the answer was made. */
  readonly explain?: boolean | undefined;
  /** More buttons beside the menu. */
  readonly actions?: ReactNode;
  /** The same queries so much earlier, dashed: `1d`. */
  readonly compareWith?: string | undefined;
  /** Everything so much earlier. */
  readonly timeShift?: string | undefined;
  /** Events are marked, unless this is false. */
  readonly annotations?: boolean | undefined;
  readonly links?: readonly DataLink[] | undefined;
  /** Overrides and transformations of its series. */
  readonly display?: Display | undefined;
};

const NO_MARKS: readonly EventMark[] = [];
const LINES = 6;
const STACKED_LINES = 12;
const ALL_LINES = 500;
const AREA = 0.14;
const STACKED_AREA = 0.28;

/** A panel with a chart of metric queries over the page's time: live, with its age, gaps and resolution. */
export function MetricChart(props: MetricChartProps) {
  const { title, decimals, stack = false, height = 180, legend = 'inline', compareWith, timeShift } = props;
  const time = useTime();
  const box = useRef<HTMLDivElement>(null);
  const [handle] = useState(() => new ChartHandle());
  useEffect(() => () => handle.close(), [handle]);
  const [asTable, setAsTable] = useState(false);
  const [showAll, setShowAll] = useState(false);
  const points = useMaximumPoints(box);
  const key = JSON.stringify(props.queries);
  const scope = useScope();
  const parsed = useMemo(() => parseQueries(JSON.parse(key) as ChartQueryText[]), [key]);
  const answer = useChartSource({
    queries: points === undefined ? [] : withScope(parsed.queries, scope.matchers),
    maxPoints: points ?? 0,
    limit: showAll ? ALL_LINES : stack ? STACKED_LINES : LINES,
    unit: props.unit || unitOfQueries(parsed.queries),
    compareWith,
    timeShift,
    display: props.display,
  });
  const { source } = answer;
  const status = useSyncExternalStore(source.listen, source.status);
  const { unit } = status;
  const marks = useEventMarks();
  const visibility = useVisibility(status.series);
  const navigate = useNavigate();
  const texts = props.queries.map(({ text }) => text);
  const explore = props.onExplore ?? (() => void navigate({ to: '/explore', search: exploreSearch(props.queries) }));
  const state = panelState({ problems: parsed.problems, status, answer, texts });
  const isFilling = height === 'fill';
  const size = isFilling ? undefined : { height };
  return (
    <Panel
      title={title}
      note={props.note}
      flush
      className={isFilling ? styles.whole : undefined}
      value={<ChartFigure series={status.series} figure={props.figure} {...{ stack, handle, unit, decimals }} />}
      menu={
        <>
          <PanelLinks title={title} links={props.links} source={source} />
          {props.actions}
          <ChartMenu {...{ title, source, texts, asTable }} onAsTable={setAsTable} onExplore={explore} />
        </>
      }
      footer={
        <ChartFoot
          {...{ legend, status, answer, handle, unit, decimals, visibility, showAll }}
          explain={props.explain ?? false}
          banded={!stack}
          onShowAll={setShowAll}
        />
      }
    >
      <div className={isFilling && legend === 'table' ? styles.split : styles.joined}>
        <div ref={box} className={isFilling ? styles.fill : styles.content} style={size} aria-busy={answer.refreshing}>
          {state ?? (
            <ChartBody
              {...{ ...props, asTable, source, status, handle, unit }}
              fill={fillOf(props)}
              marks={props.annotations === false ? NO_MARKS : marks}
              hidden={visibility.hidden}
              time={time}
            />
          )}
        </div>
        {legend === 'table' && state === undefined && status.series.length > 0 && (
          <LegendTable series={status.series} {...{ handle, unit, decimals, visibility }} />
        )}
      </div>
    </Panel>
  );
}

function fillOf({ fill = false, stack = false }: MetricChartProps): number {
  if (typeof fill === 'number') return fill;
  return stack ? STACKED_AREA : fill ? AREA : 0;
}
