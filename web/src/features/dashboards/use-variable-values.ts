import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Variable } from '#core/api/dashboard.ts';
import type { VariableValues } from '#core/metric-query/variables.ts';
import type { Search } from '#web/app/search.ts';
import { type TimeControl, useTime } from '#web/app/time/use-time.ts';
import type { ApiClient } from '#web/data/api-client.ts';
import { useApi } from '#web/data/data-context.ts';
import { filterOffered } from './choice-text.ts';
import { fillQuery } from './fill-query.ts';
import { chosenText, chosenValues, variableParameter } from './variables.ts';

const OFFERED = 1_000;
const STALE_MS = 60_000;
/** What is offered is read from the cache: rendering must follow it. */
const FOLLOWED = ['data' as const, 'error' as const];

export type VariableControl = {
  readonly values: VariableValues;
  /** The choice as it stands in the URL. */
  readonly texts: Readonly<Record<string, string>>;
  /** What can be chosen, by variable. */
  readonly offered: Readonly<Record<string, readonly string[]>>;
  /** The first variable that is to be chosen and for which there is nothing. */
  readonly empty: Variable | undefined;
  /** Variables whose values could not be had, and why. */
  readonly errors: Readonly<Record<string, string>>;
  readonly choose: (name: string, value: string) => void;
};

/** The variables of a dashboard: offered by the server, chosen in the URL. A query may use the variables before it. */
export function useVariableValues(variables: readonly Variable[]): VariableControl {
  const api = useApi();
  const time = useTime();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const offered: Record<string, readonly string[]> = {};
  const values: Record<string, string | readonly string[]> = {};
  const queries = variables.map((variable) => {
    const asked = askOf(variable, values, { api, time });
    const found = asked.enabled ? (cache.getQueryData<readonly string[]>(asked.queryKey) ?? []) : variable.values;
    offered[variable.name] = filterOffered(found, asked.enabled ? variable.regex : '');
    Object.assign(values, chosenValues([variable], search, offered));
    return asked;
  });
  const answers = useQueries({ queries });
  return {
    values,
    offered,
    texts: Object.fromEntries(
      variables.map((variable) => [variable.name, chosenText(variable, search, offered[variable.name] ?? [])]),
    ),
    empty: variables.find(({ kind, name }, index) => {
      const isAsked = kind === 'label' || kind === 'query';
      return isAsked && answers[index]?.data !== undefined && offered[name]?.length === 0;
    }),
    errors: Object.fromEntries(
      variables.flatMap(({ name }, index) => {
        const error = answers[index]?.error ?? undefined;
        return error === undefined ? [] : [[name, error.message]];
      }),
    ),
    choose: (name, value) =>
      void navigate({ to: '.', search: (before: Search) => ({ ...before, [variableParameter(name)]: value }) }),
  };
}

type Asking = { readonly api: ApiClient; readonly time: TimeControl };

function askOf(variable: Variable, values: VariableValues, { api, time }: Asking) {
  const { kind, label, match, language } = variable;
  if (kind !== 'query') {
    return {
      queryKey: ['label-values', label, match],
      staleTime: STALE_MS,
      notifyOnChangeProps: FOLLOWED,
      enabled: kind === 'label',
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.json<readonly string[]>('/api/query/label-values', {
          query: { label, match: match || undefined, limit: OFFERED },
          signal,
        }),
    };
  }
  const text = fillQuery(variable, values);
  return {
    queryKey: ['variable-values', language, text, time.from, time.to],
    staleTime: STALE_MS,
    notifyOnChangeProps: FOLLOWED,
    enabled: text.trim() !== '',
    queryFn: ({ signal }: { signal: AbortSignal }) => {
      const { fromMs, toMs } = time.range();
      const body = { language, text, from: fromMs, to: toMs, limit: OFFERED };
      return api.json<readonly string[]>('/api/query/values', { method: 'POST', body, signal });
    },
  };
}
