import { useEffect, useMemo, useState } from 'react';
import type { LogMetricPreviewHeader } from '#core/log-metrics/log-metrics-api.ts';
import { useTime } from '#web/app/time/use-time.ts';
import { ChartBody } from '#web/charts/chart-body.tsx';
import { ChartHandle } from '#web/charts/chart-handle.ts';
import type { EventMark } from '#web/charts/event-marks.ts';
import { InlineLegend } from '#web/charts/inline-legend.tsx';
import { rangeSource, silentSource } from '#web/charts/range-source.ts';
import { useVisibility } from '#web/charts/use-visibility.ts';
import { formatDuration } from '#web/format/duration.ts';
import { formatValue } from '#web/format/value.ts';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import styles from './log-metrics.module.css';
import type { MetricDraft } from './metric-draft.ts';
import { usePreview } from './use-preview.ts';

const LINES = 50;
const NO_MARKS: readonly EventMark[] = [];

/** The series that a rule would have written over the time of the page, and what that costs. */
export function PreviewPanel({ draft }: { readonly draft: MetricDraft }) {
  const time = useTime();
  const answer = usePreview(draft);
  const { data, error } = answer;
  const source = useMemo(() => {
    if (data === undefined) return silentSource({ kind: 'loading' });
    const { frame, from, to } = data;
    const part = { query: 0, shiftMs: 0, shiftName: '', frame };
    const shape = { from, to, limit: LINES, unit: frame.header.unit };
    return rangeSource([{ language: 'logs', text: '', legend: '' }], [part], shape);
  }, [data]);
  const status = source.status();
  const [handle] = useState(() => new ChartHandle());
  useEffect(() => () => handle.close(), [handle]);
  const visibility = useVisibility(status.series);
  const { unit } = status;
  const chart = { source, status, handle, time, unit };
  return (
    <Panel
      title="Preview"
      flush
      state={error === null ? queryState(answer) : { kind: 'error', error, retry: () => void answer.refetch() }}
      footer={
        status.series.length > 0 && (
          <InlineLegend series={status.series} open={false} {...{ handle, unit, visibility }} decimals={undefined} />
        )
      }
    >
      {data !== undefined && <Figures header={data.frame.header} />}
      <div className={styles.chart} aria-busy={answer.isFetching} data-figure="preview">
        {data !== undefined && status.series.length === 0 ? (
          <p className={styles.none}>No line of this time is found: nothing would have been written.</p>
        ) : (
          <ChartBody {...chart} title="Preview" asTable={false} fill={0} marks={NO_MARKS} hidden={visibility.hidden} />
        )}
      </div>
    </Panel>
  );
}

function Figures({ header }: { readonly header: LogMetricPreviewHeader }) {
  const { lines, series, labelSets, refused, one } = header.preview;
  const count = (value: number): string => value.toLocaleString('en');
  return (
    <p className={styles.figures}>
      {count(lines)} lines make {count(series)} series of {count(labelSets)} label sets
      {refused > 0 && <b className={styles.warn}> ▲ {count(refused)} refused</b>}. All of it took{' '}
      {formatDuration(header.stats.ms)}; one evaluation reads {formatValue(one.rowsRead, '')} lines in{' '}
      {formatDuration(one.ms)}
      {header.truncated ? `; the ${header.series.length} largest are drawn` : ''}
    </p>
  );
}
