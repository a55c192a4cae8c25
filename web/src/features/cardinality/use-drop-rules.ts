import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { IngestRules, StoredIngestRules } from '#core/api/ingest-rules.ts';
import { useApi } from '#web/data/data-context.ts';

const KEY = ['ingest-rules'] as const;

/** The drop rules in force, and how one is added or taken away. */
export function useDropRules() {
  const api = useApi();
  const queries = useQueryClient();
  const stored = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.json<StoredIngestRules>('/api/ingest-rules', { signal }),
  });
  const change = useMutation({
    mutationFn: async (of: (rules: IngestRules) => IngestRules) => {
      const { version, rules } = await api.json<StoredIngestRules>('/api/ingest-rules');
      return api.json<StoredIngestRules>('/api/ingest-rules', { method: 'PUT', body: { version, rules: of(rules) } });
    },
    onSuccess: (saved) => queries.setQueryData(KEY, saved),
  });
  const drop = (selector: string) =>
    change.mutateAsync((rules) => ({
      ...rules,
      drops: [...rules.drops, { selector, note: 'made on the page of cardinality', isEnabled: true }],
    }));
  const keep = (selector: string) =>
    change.mutateAsync((rules) => ({ ...rules, drops: rules.drops.filter((rule) => rule.selector !== selector) }));
  return { drops: stored.data?.rules.drops ?? [], change, drop, keep };
}
