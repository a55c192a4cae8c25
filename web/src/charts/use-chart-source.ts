import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { parseDuration } from '#core/units/duration.ts';
import { type TimeControl, useTime } from '#web/app/time/use-time.ts';
import type { ApiClient } from '#web/data/api-client.ts';
import { useApi, useLive } from '#web/data/data-context.ts';
import type { QueryAnswer } from './answer-part.ts';
import { askAnswer } from './ask-answer.ts';
import type { ChartSource } from './chart-data.ts';
import { type ChartQuery, isMetricQuery } from './chart-query.ts';
import { type Display, DisplayedSource, isPlain } from './displayed-source.ts';
import { LiveSource } from './live-source.ts';
import { rangeSource, silentSource } from './range-source.ts';

const HOUR_MS = 3_600_000;
const MIN_REFRESH_MS = 10_000;
/** Languages that are not live are asked for as often as a step has passed, and not more often than this. */
const MIN_POLL_MS = 5_000;
const MAX_REFRESH_MS = 300_000;
const SERIES_LIMIT = 500;

type Asked = Omit<SourceWish, 'display'>;

export type SourceWish = {
  readonly queries: readonly ChartQuery[];
  readonly maxPoints: number;
  /** Lines drawn at most of each query. */
  readonly limit: number;
  readonly unit: string;
  /** The same so much earlier as well, dashed: `1d`. */
  readonly compareWith?: string | undefined;
  /** Everything so much earlier. */
  readonly timeShift?: string | undefined;
  readonly display?: Display | undefined;
  /** Rows without a time are series of one value. */
  readonly tablesAsLines?: boolean | undefined;
};

export type SourceAnswer = {
  readonly source: ChartSource;
  readonly live: boolean;
  /** Asked for anew all the time: its age is told. */
  readonly polled: boolean;
  /** A newer answer is on its way. */
  readonly refreshing: boolean;
  readonly error: unknown;
  readonly retry: () => void;
};

/** The data of a chart: the live stream while live and at most an hour long, else queries that are asked anew. */
export function useChartSource(wish: SourceWish): SourceAnswer {
  const time = useTime();
  const canLive = wish.queries.every(isMetricQuery) && !wish.compareWith && !wish.timeShift;
  const isLive = canLive && time.live && time.spanMs <= HOUR_MS;
  const { display = {}, ...asked } = wish;
  const whole = isPlain(display) ? asked : { ...asked, limit: SERIES_LIMIT };
  const live = useLiveSource(whole, isLive ? time.spanMs : undefined);
  const range = useRangeSource(whole, { enabled: !isLive, polled: !canLive && time.live });
  return useDisplayed(live ?? range, display, wish.limit);
}

/** The answer as the panel shows it: what it asks for is chosen of all series, before it is bounded. */
function useDisplayed(answer: SourceAnswer, display: Display, limit: number): SourceAnswer {
  const { transformations, overrides, queries } = display;
  const key = JSON.stringify({ transformations, overrides, queries });
  const { source } = answer;
  const shown = useMemo(() => {
    const own = JSON.parse(key) as Display;
    if (isPlain(own)) return source;
    return new DisplayedSource(source, own, limit);
  }, [source, key, limit]);
  return { ...answer, source: shown };
}

function useLiveSource(wish: Asked, spanMs: number | undefined): SourceAnswer | undefined {
  const store = useLive();
  const [attempt, setAttempt] = useState(0);
  const key = JSON.stringify(wish);
  const source = useMemo(() => {
    if (spanMs === undefined || attempt < 0) return undefined;
    const { queries, ...shape } = JSON.parse(key) as Asked;
    return new LiveSource(store, queries.filter(isMetricQuery), { ...shape, spanMs });
  }, [store, key, spanMs, attempt]);
  useEffect(() => source?.open(), [source]);
  if (source === undefined) return undefined;
  const retry = (): void => setAttempt(attempt + 1);
  return { source, live: true, polled: false, refreshing: false, error: undefined, retry };
}

type Asking = { readonly enabled: boolean; readonly polled: boolean };

function useRangeSource(wish: Asked, { enabled, polled }: Asking): SourceAnswer {
  const api = useApi();
  const time = useTime();
  const { queries, limit, unit, tablesAsLines, ...how } = wish;
  const refreshMs = Math.min(MAX_REFRESH_MS, Math.max(MIN_REFRESH_MS, time.spanMs / 600));
  const answer = useQuery<Answered>({
    queryKey: ['range', JSON.stringify(queries), time.from, time.to, how],
    enabled: enabled && queries.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (!time.live ? false : polled ? pollMs(state.data?.step ?? 0) : refreshMs),
    queryFn: ({ signal }) => askAll(api, wish, time.range(), signal),
  });
  const { data } = answer;
  const source = useMemo(() => {
    if (data === undefined) return silentSource({ kind: 'loading', unit });
    const { from, to } = data;
    const shape = { from, to, limit, unit, tablesAsLines, ...(polled ? { pollMs: pollMs(data.step) } : {}) };
    return rangeSource(data.queries, data.answers, shape);
  }, [data, limit, unit, tablesAsLines, polled]);
  return {
    ...{ source, live: false, polled },
    refreshing: answer.isFetching,
    error: answer.error ?? undefined,
    retry: () => void answer.refetch(),
  };
}

const pollMs = (step: number): number => Math.min(MAX_REFRESH_MS, Math.max(MIN_POLL_MS, step));

type Answered = {
  readonly queries: readonly ChartQuery[];
  readonly answers: readonly QueryAnswer[];
  readonly from: number;
  readonly to: number;
  /** The finest step of the answers, ms; 0 when none has one. */
  readonly step: number;
};

/** All queries of a chart, now and at the time that it is compared with. */
async function askAll(
  api: ApiClient,
  { queries, maxPoints, compareWith, timeShift }: SourceWish,
  range: ReturnType<TimeControl['range']>,
  signal: AbortSignal,
): Promise<Answered> {
  const shift = parseDuration(timeShift ?? '') ?? 0;
  const span = { from: range.fromMs - shift, to: range.toMs - shift };
  const earlier = parseDuration(compareWith ?? '');
  const asked = [0, ...(earlier === undefined ? [] : [earlier])].flatMap((shiftMs) =>
    queries.map(async (query, index): Promise<QueryAnswer> => {
      const wanted = { from: span.from - shiftMs, to: span.to - shiftMs, maxPoints, limit: SERIES_LIMIT };
      const frame = await askAnswer(api, query, wanted, signal);
      return { query: index, shiftMs, shiftName: compareWith ?? '', frame };
    }),
  );
  const answers = await Promise.all(asked);
  return { queries, answers, ...span, step: stepOf(answers) };
}

function stepOf(answers: readonly QueryAnswer[]): number {
  const steps = answers.flatMap(({ frame: { header } }) => (header.type === 'range' ? [header.step] : []));
  return steps.length === 0 ? 0 : Math.min(...steps);
}
