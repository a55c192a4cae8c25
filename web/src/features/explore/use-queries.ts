import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Search } from '#web/app/search.ts';
import { exploreSearch, queriesOfSearch } from '#web/charts/explore-search.ts';
import { useSession } from '#web/data/bootstrap.ts';

export type QueriesControl = {
  readonly texts: readonly string[];
  /** Which query the browser and the builder write. */
  readonly active: number;
  /** Writes them to the URL; `replace` while typing, so that Back undoes a step and not a letter. */
  readonly set: (texts: readonly string[], options?: { readonly active?: number; readonly replace?: boolean }) => void;
};

/** The queries of Explore: in the URL, or those of this host when it has none. */
export function useQueries(): QueriesControl {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const { host } = useSession();
  const own = queriesOfSearch(search);
  const texts = own.length > 0 ? own : [defaultQuery(host)];
  const active = Math.min(texts.length - 1, Math.max(0, Number(search['at'] ?? 0) || 0));
  return {
    texts,
    active,
    set: (next, { active: nextActive = active, replace = false } = {}) =>
      void navigate({
        to: '.',
        replace,
        search: (before: Search) => ({
          ...Object.fromEntries(Object.entries(before).filter(([key]) => !/^q\d*$/.test(key))),
          ...exploreSearch(next),
          at: nextActive > 0 ? String(nextActive) : undefined,
        }),
      }),
  };
}

function defaultQuery(host: string): string {
  const filter = host === '' ? '' : `{host=${JSON.stringify(host)}}`;
  return `sum by (cpu_mode) (rate(system_cpu_time_seconds_total${filter}))`;
}
