import { useQuery } from '@tanstack/react-query';
import type { SelfStatus } from '#core/api/status.ts';
import { useApi } from './data-context.ts';

/** How the product itself is doing, asked every 5 s while somebody looks; shared by all who ask. */
export function useSelf() {
  const api = useApi();
  return useQuery({
    queryKey: ['self'],
    queryFn: ({ signal }) => api.json<SelfStatus>('/api/self', { signal }),
    refetchInterval: 5_000,
  });
}
