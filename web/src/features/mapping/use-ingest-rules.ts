import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { IngestRules, StoredIngestRules } from '#core/api/ingest-rules.ts';
import { useApi } from '#web/data/data-context.ts';

const KEY = ['ingest-rules'] as const;
const REFRESH_MS = 5_000;

/** A change of some of the rules; the others stay as they are stored. */
export type RulesChange = { readonly version: number; readonly changed: Partial<IngestRules> };

/** Rules of the intake as they are stored, and how some of them are saved. */
export function useIngestRules() {
  const api = useApi();
  const queries = useQueryClient();
  const stored = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.json<StoredIngestRules>('/api/ingest-rules', { signal }),
    refetchInterval: REFRESH_MS,
  });
  const save = useMutation({
    mutationFn: ({ version, changed }: RulesChange) =>
      api.json<StoredIngestRules>('/api/ingest-rules', {
        method: 'PUT',
        body: { version, rules: { ...stored.data?.rules, ...changed } },
      }),
    onSuccess: (saved) => queries.setQueryData(KEY, saved),
  });
  return { stored, save };
}
