import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  BackFill,
  BackFillRequest,
  LogMetricRules,
  LogMetricStatus,
  StoredLogMetrics,
} from '#core/log-metrics/log-metrics-api.ts';
import type { LogMetricRule } from '#core/log-metrics/rule.ts';
import { useApi } from '#web/data/data-context.ts';

const PATH = '/api/log-metrics';
const KEY = ['log-metrics'] as const;
const REFRESH_MS = 5_000;
/** While something moves. */
const QUICK_REFRESH_MS = 1_000;

/** A rule with how it did last. */
export type MetricRow = {
  readonly rule: LogMetricRule;
  readonly isBuiltIn: boolean;
  readonly isOn: boolean;
  readonly status: LogMetricStatus | undefined;
};

/** The rules with their status, and what can be done with them. */
export function useLogMetrics() {
  const api = useApi();
  const queries = useQueryClient();
  const stored = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.json<StoredLogMetrics>(PATH, { signal }),
    refetchInterval: ({ state }) => (state.data?.backFills.some(isOpen) ? QUICK_REFRESH_MS : REFRESH_MS),
  });
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: KEY });
  const save = useMutation({
    mutationFn: ({ rules, builtInOff }: LogMetricRules) =>
      api.json<StoredLogMetrics>(PATH, {
        method: 'PUT',
        body: { version: stored.data?.version ?? 0, rules, builtInOff },
      }),
    onSuccess: (saved) => queries.setQueryData(KEY, saved),
  });
  const fill = useMutation({
    mutationFn: (body: BackFillRequest) => api.json<BackFill>(`${PATH}/back-fills`, { method: 'POST', body }),
    onSuccess: again,
  });
  const cancel = useMutation({
    mutationFn: (id: number) => api.json<BackFill>(`${PATH}/back-fills/${id}`, { method: 'DELETE' }),
    onSettled: again,
  });
  return { stored, save, fill, cancel, rows: stored.data === undefined ? [] : rowsOf(stored.data) };
}

/** True for a back-fill that has not ended. */
export const isOpen = ({ state }: BackFill): boolean => state === 'waiting' || state === 'running';

function rowsOf({ rules, builtIn, builtInOff, status }: StoredLogMetrics): MetricRow[] {
  const row = (rule: LogMetricRule, isBuiltIn: boolean, isOn: boolean): MetricRow => ({
    ...{ rule, isBuiltIn, isOn },
    status: status.find(({ metric }) => metric === rule.metric),
  });
  return [
    ...rules.map((rule) => row(rule, false, rule.isEnabled)),
    ...builtIn.map((rule) => row(rule, true, !builtInOff.includes(rule.metric))),
  ];
}
