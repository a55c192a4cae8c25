import { useQuery } from '@tanstack/react-query';
import type { RangeHeader, RangeRequest } from '#core/api/query.ts';
import { decodeFrame } from '#core/frame.ts';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import { useApi, useLive } from '#web/data/data-context.ts';
import { quoted } from '#web/data/host-charts.ts';
import type { HostStatus, Resource } from '#web/data/host-status.ts';
import { HOST_LIMITS } from '#web/data/host-status.ts';

const SPAN_MS = 3_600_000;
const POINTS = 130;
const REFRESH_MS = 30_000;

const QUERIES: Readonly<Record<Resource, (host: string) => string>> = {
  CPU: (host) => `avg (system_cpu_utilization_ratio{host=${quoted(host)}})`,
  Memory: (host) => `max (system_memory_utilization_ratio{host=${quoted(host)}, system_memory_state="used"})`,
  Disk: (host) => `max (system_filesystem_utilization_ratio{host=${quoted(host)}})`,
};

/** Since when the host's fullest resource has been over its limit, ms, looking back one hour; undefined = not known. */
export function useOverLimitSince(host: string | undefined, status: HostStatus | undefined): number | undefined {
  const api = useApi();
  const { client } = useLive();
  const resource = status?.resource;
  const { data } = useQuery({
    queryKey: ['over-limit', host, resource],
    enabled: host !== undefined && resource !== undefined,
    refetchInterval: REFRESH_MS,
    queryFn: async ({ signal }) => {
      if (host === undefined || resource === undefined) return null;
      const to = client.serverNow();
      const query = parseMetricQuery(QUERIES[resource](host));
      const body: RangeRequest = { query, from: to - SPAN_MS, to, maxPoints: POINTS, limit: 1 };
      const bytes = await api.bytes('/api/query/range', { method: 'POST', body, signal });
      const { header, columns } = decodeFrame<RangeHeader>(bytes);
      return sinceAbove(columns[0] as Float64Array | undefined, header, HOST_LIMITS.busy) ?? null;
    },
  });
  return data ?? undefined;
}

/** Start of the run above the limit that lasts until now, ms; undefined when the newest value is below. */
export function sinceAbove(
  values: Float64Array | undefined,
  { start, step }: { readonly start: number; readonly step: number },
  limit: number,
): number | undefined {
  let since: number | undefined;
  for (let i = (values?.length ?? 0) - 1; i >= 0; i--) {
    const value = values?.[i] ?? Number.NaN;
    if (value < limit) break;
    if (value >= limit) since = start + i * step;
  }
  return since;
}
