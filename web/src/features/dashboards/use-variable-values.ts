import { useQueries } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Variable } from '#core/api/dashboard.ts';
import type { VariableValues } from '#core/metric-query/variables.ts';
import type { Search } from '#web/app/search.ts';
import { useApi } from '#web/data/data-context.ts';
import { chosenValues, variableParameter } from './variables.ts';

const OFFERED = 1_000;
const STALE_MS = 60_000;

export type VariableControl = {
  readonly values: VariableValues;
  /** What can be chosen, by variable. */
  readonly offered: Readonly<Record<string, readonly string[]>>;
  readonly choose: (name: string, value: string) => void;
};

/** The variables of a dashboard: offered by the server, chosen in the URL. */
export function useVariableValues(variables: readonly Variable[]): VariableControl {
  const api = useApi();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const answers = useQueries({
    queries: variables.map((variable) => ({
      queryKey: ['label-values', variable.label, variable.match],
      staleTime: STALE_MS,
      enabled: variable.kind === 'label',
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.json<readonly string[]>('/api/query/label-values', {
          query: { label: variable.label, match: variable.match || undefined, limit: OFFERED },
          signal,
        }),
    })),
  });
  const offered = Object.fromEntries(
    variables.map(({ name, kind, values }, index) => [name, kind === 'label' ? (answers[index]?.data ?? []) : values]),
  );
  return {
    values: chosenValues(variables, search, offered),
    offered,
    choose: (name, value) =>
      void navigate({ to: '.', search: (before: Search) => ({ ...before, [variableParameter(name)]: value }) }),
  };
}
