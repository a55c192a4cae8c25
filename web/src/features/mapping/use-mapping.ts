import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { MappingRule, SaveMappingRequest, StoredMapping, TriedMapping } from '#core/api/mapping.ts';
import { useApi } from '#web/data/data-context.ts';

const KEY = ['mapping'] as const;
const PASS_MS = 500;

/** A rule with a key of its own while it is edited. */
export type DraftRule = { readonly key: number; readonly rule: MappingRule };

const drafted = (rule: MappingRule): DraftRule => ({ key: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0, rule });

/** The stored rules, the edited ones, and what those would do. */
export function useMapping() {
  const api = useApi();
  const queries = useQueryClient();
  const [edited, setEdited] = useState<{ readonly version: number; readonly rules: readonly DraftRule[] }>();
  const [paths, setPaths] = useState('');
  /** Grows when the rows are to be drawn anew. */
  const [generation, setGeneration] = useState(0);
  const stored = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.json<StoredMapping>('/api/mapping', { signal }),
    refetchInterval: ({ state }) => (state.data?.pass.state === 'running' ? PASS_MS : false),
  });
  const rules = edited?.rules.map(({ rule }) => rule) ?? stored.data?.rules ?? [];
  const tried = useTried(rules, paths);
  const save = useMutation({
    mutationFn: (body: SaveMappingRequest) => api.json<StoredMapping>('/api/mapping', { method: 'PUT', body }),
    onSuccess: (saved) => {
      queries.setQueryData(KEY, saved);
      setEdited(undefined);
      setGeneration((before) => before + 1);
      void queries.invalidateQueries({ queryKey: KEY });
    },
  });
  const edit = (change: (rules: readonly DraftRule[]) => readonly DraftRule[]): void =>
    setEdited((before) => ({
      version: before?.version ?? stored.data?.version ?? 0,
      rules: change(before?.rules ?? (stored.data?.rules ?? []).map((rule, key) => ({ key, rule }))),
    }));
  const discard = (): void => {
    setEdited(undefined);
    setGeneration((before) => before + 1);
    save.reset();
    void stored.refetch();
  };
  return { stored, edited, rules, tried, paths, setPaths, save, edit, discard, drafted, generation };
}

/** What rules would do, asked anew a moment after each change. */
function useTried(rules: readonly MappingRule[], paths: string) {
  const api = useApi();
  const question = useDeferredValue(JSON.stringify({ rules, paths: paths.split('\n').filter(Boolean) }));
  return useQuery({
    queryKey: ['mapping-try', question],
    queryFn: ({ signal }) =>
      api.json<TriedMapping>('/api/mapping/try', { method: 'POST', body: JSON.parse(question), signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
}
