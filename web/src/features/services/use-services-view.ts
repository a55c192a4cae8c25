import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Search } from '#web/app/search.ts';
import type { Grouping } from './service-groups.ts';
import { SERVICE_STATES, type ServiceState } from './service-rows.ts';

/** What the page shows of the services; all of it is in the URL. */
export type ServicesView = {
  readonly typed: string;
  readonly state: ServiceState | undefined;
  readonly by: Grouping;
  /** Names of groups that are shut. */
  readonly shut: ReadonlySet<string>;
  readonly change: (search: Search) => void;
  readonly toggle: (group: string) => void;
};

const BETWEEN = ',';

/** The view in the URL: `q`, `state`, `by`, `shut`. */
export function useServicesView(): ServicesView {
  const typed: string = useSearch({ strict: false, select: ({ q }) => q }) ?? '';
  const written = useSearch({ strict: false, select: (search) => search['state'] });
  const by = useSearch({ strict: false, select: (search) => search['by'] }) === 'host' ? 'host' : 'kind';
  const closed: string = useSearch({ strict: false, select: (search) => search['shut'] }) ?? '';
  const navigate = useNavigate();
  return useMemo(() => {
    const shut = new Set(closed.split(BETWEEN).filter(Boolean));
    const change = (next: Search): void =>
      void navigate({ to: '.', search: (search: Search) => ({ ...search, ...next }), replace: true });
    return {
      ...{ typed, by, shut, change },
      state: SERVICE_STATES.find((state) => state === written),
      toggle: (group) => {
        const names = shut.has(group) ? [...shut].filter((name) => name !== group) : [...shut, group];
        change({ shut: names.join(BETWEEN) || undefined });
      },
    };
  }, [typed, written, by, closed, navigate]);
}
