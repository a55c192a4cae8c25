import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  CatalogueEntry,
  FoundProposal,
  StoredTarget,
  TargetRequest,
  TestRequest,
  TriedCollection,
} from '#core/api/collectors.ts';
import { useApi } from '#web/data/data-context.ts';

const REFRESH_MS = 5_000;
const TARGETS = ['collectors', 'targets'] as const;
const PROPOSALS = ['collectors', 'proposals'] as const;

/** What there is to collect, what is stored, and what was found on the server's host. */
export function useTargets() {
  const api = useApi();
  const catalogue = useQuery({
    queryKey: ['collectors', 'catalogue'],
    queryFn: ({ signal }) => api.json<readonly CatalogueEntry[]>('/api/collectors/catalogue', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const stored = useQuery({
    queryKey: TARGETS,
    queryFn: ({ signal }) => api.json<readonly StoredTarget[]>('/api/collectors/targets', { signal }),
    refetchInterval: REFRESH_MS,
  });
  const proposals = useQuery({
    queryKey: PROPOSALS,
    queryFn: ({ signal }) => api.json<readonly FoundProposal[]>('/api/collectors/proposals', { signal }),
    refetchInterval: REFRESH_MS,
  });
  return { catalogue, stored, proposals };
}

/** Saving a target: a new one, or the one with this id. */
export function useSaveTarget(id: string | undefined, onSaved: () => void) {
  const api = useApi();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: TargetRequest) =>
      id === undefined
        ? api.json<StoredTarget>('/api/collectors/targets', { method: 'POST', body })
        : api.json<StoredTarget>(`/api/collectors/targets/${id}`, { method: 'PUT', body }),
    onSuccess: async () => {
      await refresh();
      onSaved();
    },
  });
}

export function useRemoveTarget(onRemoved: () => void) {
  const api = useApi();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => api.json(`/api/collectors/targets/${id}`, { method: 'DELETE' }),
    onSuccess: async () => {
      await refresh();
      onRemoved();
    },
  });
}

/** A run that stores nothing. */
export function useTestTarget() {
  const api = useApi();
  return useMutation({
    mutationFn: (body: TestRequest) => api.json<TriedCollection>('/api/collectors/test', { method: 'POST', body }),
  });
}

/** Says that a proposal is not wanted. */
export function useDismissProposal() {
  const api = useApi();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => api.json(`/api/collectors/proposals/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: refresh,
  });
}

function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['collectors'] });
}
