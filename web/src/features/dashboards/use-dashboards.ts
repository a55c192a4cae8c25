import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Dashboard, SaveDashboardRequest, StoredDashboard } from '#core/api/dashboard.ts';
import type { ImportDashboardRequest } from '#core/api/import-dashboard.ts';
import type { FidelityReport } from '#core/grafana/index.ts';
import { useApi } from '#web/data/data-context.ts';

const KEY = ['dashboards'] as const;
const path = (id: string): string => `/api/dashboards/${encodeURIComponent(id)}`;

/** All dashboards. */
export function useDashboards() {
  const api = useApi();
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.json<readonly StoredDashboard[]>('/api/dashboards', { signal }),
  });
}

/** One dashboard. */
export function useDashboard(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: [...KEY, id],
    queryFn: ({ signal }) => api.json<StoredDashboard>(path(id), { signal }),
  });
}

/** What became of an imported dashboard. */
export function useImportReport(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: [...KEY, id, 'import-report'],
    queryFn: ({ signal }) => api.json<FidelityReport>(`${path(id)}/import-report`, { signal }),
  });
}

/** What changes dashboards; each answers when the server has it. */
export function useDashboardActions() {
  const api = useApi();
  const queries = useQueryClient();
  const remember = (stored: StoredDashboard): void => {
    queries.setQueryData([...KEY, stored.id], stored);
    void queries.invalidateQueries({ queryKey: KEY, exact: true });
  };
  const create = useMutation({
    mutationFn: (body: Dashboard) => api.json<StoredDashboard>('/api/dashboards', { method: 'POST', body }),
    onSuccess: remember,
  });
  const importAs = useMutation({
    mutationFn: (body: ImportDashboardRequest) =>
      api.json<StoredDashboard>('/api/dashboards/import', { method: 'POST', body }),
    onSuccess: remember,
  });
  const save = useMutation({
    mutationFn: ({ id, ...body }: SaveDashboardRequest & { readonly id: string }) =>
      api.json<StoredDashboard>(path(id), { method: 'PUT', body }),
    onSuccess: remember,
  });
  const duplicate = useMutation({
    mutationFn: (id: string) => api.json<StoredDashboard>(`${path(id)}/duplicate`, { method: 'POST' }),
    onSuccess: remember,
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.json<void>(path(id), { method: 'DELETE' }),
    onSuccess: (_answer, id) => {
      queries.removeQueries({ queryKey: [...KEY, id] });
      void queries.invalidateQueries({ queryKey: KEY, exact: true });
    },
  });
  const reload = (id: string): Promise<void> => queries.invalidateQueries({ queryKey: [...KEY, id] });
  return { create, importAs, save, duplicate, remove, reload };
}
