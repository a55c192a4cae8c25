import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  GrokPatterns,
  LogRuleFault,
  LogRuleVersions,
  SaveLogRulesRequest,
  StoredLogRules,
} from '#core/api/log-rule-api.ts';
import { ApiError } from '#web/data/api-client.ts';
import { useApi } from '#web/data/data-context.ts';

const KEY = ['log-rules'] as const;
const REFRESH_MS = 5_000;

/** The stored rules with what they have done, and how others take their place. */
export function useLogRules() {
  const api = useApi();
  const queries = useQueryClient();
  const stored = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.json<StoredLogRules>('/api/log-rules', { signal }),
    refetchInterval: REFRESH_MS,
  });
  const onSuccess = (saved: StoredLogRules): void => {
    queries.setQueryData(KEY, saved);
    void queries.invalidateQueries({ queryKey: KEY });
  };
  const save = useMutation({
    mutationFn: (body: SaveLogRulesRequest) => api.json<StoredLogRules>('/api/log-rules', { method: 'PUT', body }),
    onSuccess,
  });
  const restore = useMutation({
    mutationFn: (from: number) =>
      api.json<StoredLogRules>('/api/log-rules/restore', {
        method: 'POST',
        body: { version: stored.data?.version ?? 0, from },
      }),
    onSuccess,
  });
  return { stored, save, restore };
}

/** All versions, asked anew when another one is in force. */
export function useLogRuleVersions(version: number) {
  const api = useApi();
  return useQuery({
    queryKey: [...KEY, 'versions', version],
    queryFn: ({ signal }) => api.json<LogRuleVersions>('/api/log-rules/versions', { signal }),
  });
}

/** The patterns that grok knows by name. */
export function useGrokPatterns() {
  const api = useApi();
  return useQuery({
    queryKey: [...KEY, 'grok'],
    queryFn: ({ signal }) => api.json<GrokPatterns>('/api/log-rules/grok', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What a refused save says is wrong, with its place. */
export function faultsOf(error: unknown): readonly LogRuleFault[] {
  if (!(error instanceof ApiError)) return [];
  try {
    const answer = JSON.parse(error.raw) as { error?: { details?: { faults?: readonly LogRuleFault[] } } };
    return answer.error?.details?.faults ?? [];
  } catch {
    return [];
  }
}
