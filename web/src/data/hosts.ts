import { useQuery } from '@tanstack/react-query';
import type { HostDetail, HostSummary } from '#core/api/hosts.ts';
import { useApi } from './data-context.ts';

const REFRESH_MS = 5_000;

/** All hosts with their figures, asked anew every 5 s. */
export function useHosts() {
  const api = useApi();
  return useQuery({
    queryKey: ['hosts'],
    queryFn: ({ signal }) => api.json<readonly HostSummary[]>('/api/hosts', { signal }),
    refetchInterval: REFRESH_MS,
  });
}

/** One host with its facts. */
export function useHost(host: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['host', host],
    queryFn: ({ signal }) => api.json<HostDetail>(`/api/hosts/${encodeURIComponent(host)}`, { signal }),
    refetchInterval: REFRESH_MS,
  });
}
