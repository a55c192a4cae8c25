import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Search } from '#web/app/search.ts';
import { type ExploreQuery, exploreSearch, queriesOfSearch } from '#web/charts/explore-search.ts';
import { useSession } from '#web/data/bootstrap.ts';

export type QueriesControl = {
  readonly queries: readonly ExploreQuery[];
  /** Which query the browser and the builder write. */
  readonly active: number;
  /** Writes them to the URL; `replace` while typing, so that Back undoes a step and not a letter. */
  readonly set: (
    queries: readonly ExploreQuery[],
    options?: { readonly active?: number; readonly replace?: boolean },
  ) => void;
  /** The earlier time that the chart is compared with: `1d`; '' = none. */
  readonly compareWith: string;
  readonly setCompareWith: (offset: string) => void;
};

/** The queries of Explore: in the URL, or those of this host when it has none. */
export function useQueries(): QueriesControl {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const { host } = useSession();
  const own = queriesOfSearch(search);
  const queries = own.length > 0 ? own : [defaultQuery(host)];
  const active = Math.min(queries.length - 1, Math.max(0, Number(search['at'] ?? 0) || 0));
  return {
    queries,
    active,
    set: (next, { active: nextActive = active, replace = false } = {}) =>
      void navigate({
        to: '.',
        replace,
        search: (before: Search) => ({
          ...Object.fromEntries(Object.entries(before).filter(([key]) => !/^(?:q\d*|hide)$/.test(key))),
          ...exploreSearch(next),
          at: nextActive > 0 ? String(nextActive) : undefined,
        }),
      }),
    compareWith: search['compare'] ?? '',
    setCompareWith: (offset) =>
      void navigate({ to: '.', search: (before: Search) => ({ ...before, compare: offset || undefined }) }),
  };
}

function defaultQuery(host: string): ExploreQuery {
  const filter = host === '' ? '' : `{host=${JSON.stringify(host)}}`;
  return { language: 'metrics', text: `sum by (cpu_mode) (rate(system_cpu_time_seconds_total${filter}))` };
}
