import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { RangeHeader } from '#core/api/query.ts';
import { decodeFrame } from '#core/frame.ts';
import { useTime } from '#web/app/time/use-time.ts';
import type { ApiClient } from '#web/data/api-client.ts';
import { useApi, useLive } from '#web/data/data-context.ts';
import type { ChartSource } from './chart-data.ts';
import type { ChartQuery } from './chart-query.ts';
import { LiveSource } from './live-source.ts';
import { type RangeAnswer, rangeSource, silentSource } from './range-source.ts';

const HOUR_MS = 3_600_000;
const MIN_REFRESH_MS = 10_000;
const MAX_REFRESH_MS = 300_000;
const SERIES_LIMIT = 500;

export type SourceWish = {
  readonly queries: readonly ChartQuery[];
  readonly maxPoints: number;
  /** Lines drawn at most of each query. */
  readonly limit: number;
  readonly unit: string;
};

export type SourceAnswer = {
  readonly source: ChartSource;
  readonly live: boolean;
  /** A newer answer is on its way. */
  readonly refreshing: boolean;
  readonly error: unknown;
  readonly retry: () => void;
};

/** The data of a chart: the live stream while live and at most an hour long, else range queries. */
export function useChartSource(wish: SourceWish): SourceAnswer {
  const time = useTime();
  const isLive = time.live && time.spanMs <= HOUR_MS;
  const live = useLiveSource(wish, isLive ? time.spanMs : undefined);
  const range = useRangeSource(wish, !isLive);
  return live ?? range;
}

function useLiveSource(wish: SourceWish, spanMs: number | undefined): SourceAnswer | undefined {
  const store = useLive();
  const [attempt, setAttempt] = useState(0);
  const key = JSON.stringify(wish);
  const source = useMemo(() => {
    if (spanMs === undefined || attempt < 0) return undefined;
    const { queries, ...shape } = JSON.parse(key) as SourceWish;
    return new LiveSource(store, queries, { ...shape, spanMs });
  }, [store, key, spanMs, attempt]);
  useEffect(() => source?.open(), [source]);
  if (source === undefined) return undefined;
  return { source, live: true, refreshing: false, error: undefined, retry: () => setAttempt(attempt + 1) };
}

function useRangeSource(wish: SourceWish, enabled: boolean): SourceAnswer {
  const api = useApi();
  const time = useTime();
  const key = JSON.stringify(wish.queries);
  const answer = useQuery({
    queryKey: ['range', key, time.from, time.to, wish.maxPoints],
    enabled: enabled && wish.queries.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: time.live ? Math.min(MAX_REFRESH_MS, Math.max(MIN_REFRESH_MS, time.spanMs / 600)) : false,
    queryFn: async ({ signal }) => {
      const { fromMs, toMs } = time.range();
      const answers = wish.queries.map(({ query }) =>
        askRange(api, { query, from: fromMs, to: toMs, maxPoints: wish.maxPoints, limit: SERIES_LIMIT }, signal),
      );
      return { answers: await Promise.all(answers), from: fromMs, to: toMs };
    },
  });
  const { limit, unit } = wish;
  const { data } = answer;
  const source = useMemo(() => {
    if (data === undefined) return silentSource({ kind: 'loading', unit });
    const queries = JSON.parse(key) as readonly ChartQuery[];
    return rangeSource(queries, data.answers, { from: data.from, to: data.to, limit, unit });
  }, [data, key, limit, unit]);
  return {
    source,
    live: false,
    refreshing: answer.isFetching,
    error: answer.error ?? undefined,
    retry: () => void answer.refetch(),
  };
}

/** One range query; the answer's columns are views on its bytes. */
export async function askRange(api: ApiClient, body: object, signal: AbortSignal): Promise<RangeAnswer> {
  return decodeFrame<RangeHeader>(await api.bytes('/api/query/range', { method: 'POST', body, signal }));
}
