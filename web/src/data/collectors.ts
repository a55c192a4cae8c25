import { useQuery } from '@tanstack/react-query';
import type { CollectorStatus } from '#core/api/status.ts';
import { useApi } from './data-context.ts';

/** All running collectors, asked anew every 5 s. */
export function useCollectors() {
  const api = useApi();
  return useQuery({
    queryKey: ['collectors'],
    queryFn: ({ signal }) => api.json<readonly CollectorStatus[]>('/api/collectors', { signal }),
    refetchInterval: 5_000,
  });
}

/** True when the last run of a collector failed; one that has not run yet has not failed. */
export function isFailing({ up, runs }: CollectorStatus): boolean {
  return !up && runs > 0;
}
