import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { TextHeader } from '#core/api/text-query.ts';
import { decodeFrame } from '#core/frame.ts';
import { useTime } from '#web/app/time/use-time.ts';
import { ChartBody } from '#web/charts/chart-body.tsx';
import { ChartHandle } from '#web/charts/chart-handle.ts';
import type { EventMark } from '#web/charts/event-marks.ts';
import { LegendTable } from '#web/charts/legend-table.tsx';
import { rangeSource, silentSource } from '#web/charts/range-source.ts';
import { useVisibility } from '#web/charts/use-visibility.ts';
import { useApi } from '#web/data/data-context.ts';
import { formatValue } from '#web/format/value.ts';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import styles from './logs.module.css';

const REFRESH_MS = 10_000;
const MAX_POINTS = 300;
const LINES = 50;
const NO_MARKS: readonly EventMark[] = [];

/** The answer of a query with pipes: a table, or lines over time. */
export function PipeAnswer({ query }: { readonly query: string }) {
  const time = useTime();
  const answer = usePipeAnswer(query);
  const { data } = answer;
  const source = useMemo(() => {
    if (data === undefined) return silentSource({ kind: 'loading' });
    const { frame, from, to } = data;
    const part = { query: 0, shiftMs: 0, shiftName: '', frame };
    return rangeSource([{ language: 'sql', text: query, legend: '' }], [part], {
      from,
      to,
      limit: LINES,
      unit: '',
    });
  }, [data, query]);
  const status = source.status();
  const [handle] = useState(() => new ChartHandle());
  useEffect(() => () => handle.close(), [handle]);
  const visibility = useVisibility(status.series);
  const isChart = data?.frame.header.type === 'range';
  return (
    <Panel
      title="Result"
      flush
      state={queryState(answer)}
      note={
        status.stats !== undefined &&
        `${formatValue(status.stats.samplesRead, '')} lines read in ${Math.round(status.stats.ms)} ms`
      }
    >
      {data !== undefined && (
        <div className={isChart ? styles.chart : styles.answer}>
          <ChartBody
            {...{ source, status, handle, time }}
            title="Result"
            unit=""
            asTable={false}
            fill={0}
            marks={NO_MARKS}
            hidden={visibility.hidden}
          />
        </div>
      )}
      {isChart && status.series.length > 0 && (
        <LegendTable series={status.series} {...{ handle, visibility }} unit="" decimals={undefined} />
      )}
    </Panel>
  );
}

function usePipeAnswer(query: string) {
  const api = useApi();
  const time = useTime();
  return useQuery({
    queryKey: ['logs', 'stats', query, time.from, time.to],
    queryFn: async ({ signal }) => {
      const { fromMs, toMs } = time.range();
      const [from, to] = [Math.floor(fromMs), Math.ceil(toMs)];
      const body = { query, from, to, maxPoints: MAX_POINTS };
      const bytes = await api.bytes('/api/logs/stats', { method: 'POST', body, signal });
      return { frame: decodeFrame<TextHeader>(bytes), from, to };
    },
    refetchInterval: time.live ? REFRESH_MS : false,
    placeholderData: keepPreviousData,
  });
}
