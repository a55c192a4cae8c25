import type { StoredDashboard } from '#core/api/dashboard.ts';

/** True when the dashboard has the tag and holds every word of the text. */
export function matchesSearch({ dashboard }: StoredDashboard, text: string, tag: string | undefined): boolean {
  if (tag !== undefined && !dashboard.tags.includes(tag)) return false;
  const hay = [dashboard.title, dashboard.description, ...dashboard.tags].join(' ').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

/** All tags in use, sorted. */
export function tagsOf(all: readonly StoredDashboard[]): string[] {
  return [...new Set(all.flatMap(({ dashboard }) => dashboard.tags))].sort();
}
