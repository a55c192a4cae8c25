import { queryOptions } from '@tanstack/react-query';
import type { StoredDashboard } from '#core/api/dashboard.ts';
import type { ApiClient } from '#web/data/api-client.ts';

/** The query for all dashboards; its answer is shared with their page. */
export function allDashboards(api: ApiClient) {
  return queryOptions({
    queryKey: ['dashboards'],
    queryFn: ({ signal }) => api.json<readonly StoredDashboard[]>('/api/dashboards', { signal }),
  });
}
