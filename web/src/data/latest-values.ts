import { useQuery } from '@tanstack/react-query';
import type { RangeHeader, RangeRequest } from '#core/api/query.ts';
import { decodeFrame } from '#core/frame.ts';
import type { Matcher } from '#core/metric-query/query.ts';
import type { Labels } from '#core/model/labels.ts';
import { useApi, useLive } from './data-context.ts';

export type LatestValue = { readonly labels: Labels; readonly value: number };

/** A value older than this is not "now". */
const LOOK_BACK_MS = 300_000;
const POINTS = 10;

/** The newest value of each series that matches, of the last 5 minutes; asked anew every 10 s. */
export function useLatestValues(matchers: readonly Matcher[]) {
  const api = useApi();
  const { client } = useLive();
  return useQuery({
    queryKey: ['latest', matchers],
    refetchInterval: 10_000,
    queryFn: async ({ signal }) => {
      const to = client.serverNow();
      const query: RangeRequest['query'] = { matchers: [...matchers], fn: 'raw' };
      const body: RangeRequest = { query, from: to - LOOK_BACK_MS, to, maxPoints: POINTS, limit: 1_000 };
      return latestOf(await api.bytes('/api/query/range', { method: 'POST', body, signal }));
    },
  });
}

/** The last known value of each series of a range frame; series without any are left out. */
export function latestOf(bytes: ArrayBuffer): readonly LatestValue[] {
  const { header, columns } = decodeFrame<RangeHeader>(bytes);
  const perSeries = header.band ? 3 : 1;
  return header.series.flatMap(({ labels }, index) => {
    const column = columns[index * perSeries] as Float64Array | undefined;
    const value = column?.findLast((known) => !Number.isNaN(known));
    return value === undefined ? [] : [{ labels, value }];
  });
}
