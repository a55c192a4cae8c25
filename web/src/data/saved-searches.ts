import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SavedSearch, SaveSearchRequest, SearchDraft } from '#core/api/saved-search.ts';
import { useApi } from './data-context.ts';

const KEY = ['saved-searches'] as const;
const PATH = '/api/saved-searches';

/** The searches of logs that the user may open. */
export function useSavedSearches() {
  const api = useApi();
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.json<readonly SavedSearch[]>(PATH, { signal }),
    staleTime: 30_000,
  });
}

/** What changes saved searches; each answers when the server has it. */
export function useSearchActions() {
  const api = useApi();
  const queries = useQueryClient();
  const onSuccess = (): Promise<void> => queries.invalidateQueries({ queryKey: KEY });
  const create = useMutation({
    mutationFn: (body: SearchDraft) => api.json<SavedSearch>(PATH, { method: 'POST', body }),
    onSuccess,
  });
  const save = useMutation({
    mutationFn: ({ id, ...body }: SaveSearchRequest & { readonly id: string }) =>
      api.json<SavedSearch>(`${PATH}/${encodeURIComponent(id)}`, { method: 'PUT', body }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.json<void>(`${PATH}/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess,
  });
  return { create, save, remove };
}

/** Search parameters of the log page that show a saved search; its time only where it has one. */
export function searchOfSaved({ id, search }: Pick<SavedSearch, 'id' | 'search'>) {
  const { query, columns, order, range } = search;
  return {
    saved: id,
    q: query || undefined,
    columns: columns.length === 0 ? undefined : columns.join(','),
    order: order === 'newest' ? undefined : order,
    row: undefined,
    ...range,
  };
}
