import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { MetricSummary, PathNode, RangeSeries } from '#core/api/query.ts';
import { printSelector } from '#core/metric-query/print.ts';
import type { Matcher } from '#core/metric-query/query.ts';
import { useApi } from '#web/data/data-context.ts';

const METRICS = 500;
const NODES = 500;
/** Counts of label values are those of at most so many series. */
export const COUNTED_SERIES = 1_000;
const STALE_MS = 30_000;

/** Metrics whose name holds the text. */
export function useMetrics(search: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['metrics', search],
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api.json<readonly MetricSummary[]>('/api/query/metrics', {
        query: { search: search || undefined, limit: METRICS },
        signal,
      }),
  });
}

/** The children of a node of the Graphite tree; '' = the roots. */
export function usePaths(parent: string, enabled: boolean) {
  const api = useApi();
  return useQuery({
    queryKey: ['paths', parent],
    staleTime: STALE_MS,
    enabled,
    queryFn: ({ signal }) =>
      api.json<readonly PathNode[]>('/api/query/paths', { query: { parent, limit: NODES }, signal }),
  });
}

/** Series that match, for the labels they have. */
export function useSeries(matchers: readonly Matcher[]) {
  const api = useApi();
  const match = matchers.length === 0 ? '' : printSelector(matchers);
  return useQuery({
    queryKey: ['series', match],
    staleTime: STALE_MS,
    enabled: match !== '',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api.json<readonly RangeSeries[]>('/api/query/series', { query: { match, limit: COUNTED_SERIES }, signal }),
  });
}
