import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { LogFieldsAnswer, LogHistogramAnswer, LogValuesAnswer } from '#core/api/logs.ts';
import { useTime } from '#web/app/time/use-time.ts';
import { useApi } from '#web/data/data-context.ts';

const REFRESH_MS = 5_000;
const FIELDS_REFRESH_MS = 30_000;

function useLogAnswer<Answer>(name: string, body: object, refetchMs: number, enabled = true) {
  const api = useApi();
  const time = useTime();
  return useQuery({
    queryKey: ['logs', name, body, time.from, time.to],
    queryFn: ({ signal }) => {
      const { fromMs, toMs } = time.range();
      const range = { from: Math.floor(fromMs), to: Math.ceil(toMs) };
      return api.json<Answer>(`/api/logs/${name}`, { method: 'POST', body: { ...body, ...range }, signal });
    },
    refetchInterval: time.live ? refetchMs : false,
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** Counts by level over the page's time. */
export const useHistogram = (query: string, buckets: number) =>
  useLogAnswer<LogHistogramAnswer>('histogram', { query, buckets, by: 'level' }, REFRESH_MS);

/** The fields that the newest lines have. */
export const useFields = (query: string) => useLogAnswer<LogFieldsAnswer>('fields', { query }, FIELDS_REFRESH_MS);

/** The most frequent values of a field, once somebody wants to see them. */
export const useValues = (query: string, field: string, enabled: boolean) =>
  useLogAnswer<LogValuesAnswer>('values', { query, field, limit: 8 }, FIELDS_REFRESH_MS, enabled);
