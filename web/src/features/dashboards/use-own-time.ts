import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Dashboard } from '#core/api/dashboard.ts';
import type { Search } from '#web/app/search.ts';
import { DEFAULT_RANGE, isTimeRange } from '#web/app/time/time-range.ts';

/**
 * Writes the dashboard's own time into a URL that names none, in place of the step of the history that opened it: so it
 * stands in copied links and in the time bar. False while it is not there yet, and nothing should be asked for.
 */
export function useOwnTime({ from }: Pick<Dashboard, 'from'>): boolean {
  const isNamed = useSearch({ strict: false, select: (search) => (search.from ?? search.to) !== undefined });
  const navigate = useNavigate();
  const isWanted = !isNamed && isTimeRange({ from, to: DEFAULT_RANGE.to });
  useEffect(() => {
    if (!isWanted) return;
    void navigate({ to: '.', replace: true, search: (before: Search) => ({ ...before, from, to: DEFAULT_RANGE.to }) });
  }, [isWanted, from, navigate]);
  return !isWanted;
}
