import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  PatternChange,
  PatternListAnswer,
  PatternListRequest,
  PatternMergeRequest,
} from '#core/api/log-patterns.ts';
import type { LogSearchAnswer } from '#core/api/logs.ts';
import { useTime } from '#web/app/time/use-time.ts';
import { useApi } from '#web/data/data-context.ts';

const KEY = ['log-patterns'] as const;
const PATH = '/api/log-patterns';
const REFRESH_MS = 10_000;
const TREND_POINTS = 40;
const SAMPLES = 5;

/** The patterns of the lines that a query finds within the page's time. */
export function usePatterns(query: string) {
  const api = useApi();
  const time = useTime();
  return useQuery({
    queryKey: [...KEY, 'list', query, time.from, time.to],
    queryFn: ({ signal }) => {
      const { fromMs, toMs } = time.range();
      const body: Partial<PatternListRequest> = {
        query,
        from: Math.floor(fromMs),
        to: Math.ceil(toMs),
        points: TREND_POINTS,
      };
      return api.json<PatternListAnswer>(PATH, { method: 'POST', body, signal });
    },
    refetchInterval: time.live ? REFRESH_MS : false,
    placeholderData: keepPreviousData,
  });
}

/** The newest lines of a query. */
export function useSampleLines(query: string) {
  const api = useApi();
  const time = useTime();
  return useQuery({
    queryKey: [...KEY, 'lines', query, time.from, time.to],
    queryFn: ({ signal }) => {
      const { fromMs, toMs } = time.range();
      const body = { query, from: Math.floor(fromMs), to: Math.ceil(toMs), limit: SAMPLES };
      return api.json<LogSearchAnswer>('/api/logs/search', { method: 'POST', body, signal });
    },
  });
}

/** What changes patterns, for everybody; each answers when the server has it. */
export function usePatternActions() {
  const api = useApi();
  const queries = useQueryClient();
  const onSuccess = (): Promise<void> => queries.invalidateQueries({ queryKey: KEY });
  const change = useMutation({
    mutationFn: ({ id, ...body }: PatternChange & { readonly id: string }) =>
      api.json<object>(`${PATH}/${id}`, { method: 'PUT', body }),
    onSuccess,
  });
  const merge = useMutation({
    mutationFn: (body: PatternMergeRequest) => api.json<object>(`${PATH}/merge`, { method: 'POST', body }),
    onSuccess,
  });
  const separate = useMutation({
    mutationFn: (id: string) => api.json<object>(`${PATH}/separate`, { method: 'POST', body: { id } }),
    onSuccess,
  });
  return { change, merge, separate };
}

export type PatternActions = ReturnType<typeof usePatternActions>;
