import { useQuery } from '@tanstack/react-query';
import type { RangeHeader, RangeRequest } from '#core/api/query.ts';
import { decodeFrame } from '#core/frame.ts';
import { useApi, useLive } from './data-context.ts';

const SPAN_MS = 3_600_000;
const POINTS = 60;
const REFRESH_MS = 60_000;

/** One series of a host over the last hour at equal distances, for a sparkline; undefined until it is known. */
export function useRecentValues(metric: string, host: string): Float64Array | undefined {
  const api = useApi();
  const { client } = useLive();
  const { data } = useQuery({
    queryKey: ['recent', metric, host],
    refetchInterval: REFRESH_MS,
    queryFn: async ({ signal }) => {
      const to = client.serverNow();
      const matchers: RangeRequest['query']['matchers'] = [
        { label: '__name__', op: '=', value: metric },
        { label: 'host', op: '=', value: host },
      ];
      const query: RangeRequest['query'] = { matchers, fn: 'raw' };
      const body: RangeRequest = { query, from: to - SPAN_MS, to, maxPoints: POINTS, limit: 1 };
      const bytes = await api.bytes('/api/query/range', { method: 'POST', body, signal });
      return (decodeFrame<RangeHeader>(bytes).columns[0] as Float64Array | undefined) ?? new Float64Array();
    },
  });
  return data;
}
