import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RecordingGroup, RecordingRule, RecordingStatus, StoredRecording } from '#core/api/recording.ts';
import { useApi } from '#web/data/data-context.ts';

const KEY = ['recording'] as const;
const REFRESH_MS = 5_000;

/** A rule with its group and how it did last. */
export type RuleRow = {
  readonly group: RecordingGroup;
  readonly position: number;
  readonly rule: RecordingRule;
  readonly status: RecordingStatus | undefined;
};

/** Recording rules with their status, and how they are saved. */
export function useRecording() {
  const api = useApi();
  const queries = useQueryClient();
  const stored = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.json<StoredRecording>('/api/recording', { signal }),
    refetchInterval: REFRESH_MS,
  });
  const save = useMutation({
    mutationFn: (groups: readonly RecordingGroup[]) =>
      api.json<StoredRecording>('/api/recording', {
        method: 'PUT',
        body: { version: stored.data?.version ?? 0, groups },
      }),
    onSuccess: (saved) => queries.setQueryData(KEY, saved),
  });
  return { stored, save, rows: stored.data === undefined ? [] : rowsOf(stored.data) };
}

function rowsOf({ groups, status }: StoredRecording): RuleRow[] {
  return groups.flatMap((group) => {
    const found = status.find(({ name }) => name === group.name);
    return group.rules.map((rule, position) => ({ group, position, rule, status: found?.rules[position] }));
  });
}
