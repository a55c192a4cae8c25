import type { StoredDashboard } from '#core/api/dashboard.ts';
import type { DashListOptions } from './options.ts';

/** The dashboards that a list shows, in its order. */
export function chosenDashboards(
  all: readonly StoredDashboard[],
  { tags, words, limit, order }: DashListOptions,
): readonly StoredDashboard[] {
  const wanted = words.trim().toLowerCase();
  const fitting = all.filter(
    ({ dashboard }) =>
      tags.every((tag) => dashboard.tags.includes(tag)) && dashboard.title.toLowerCase().includes(wanted),
  );
  const sorted = fitting.toSorted((a, b) =>
    order === 'saved'
      ? b.updatedAt - a.updatedAt
      : a.dashboard.title.localeCompare(b.dashboard.title, undefined, { numeric: true }),
  );
  return limit === 0 ? sorted : sorted.slice(0, limit);
}
