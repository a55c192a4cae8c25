import type { SeriesLook, SeriesOverride } from '#core/api/panel-display.ts';
import { namePattern } from './name-pattern.ts';
import { queryLetter } from './query-letter.ts';

/** How a series looks by the overrides that mean it, the later over the earlier; undefined when none does. */
export function lookOf(
  { name, query }: { readonly name: string; readonly query: number },
  overrides: readonly SeriesOverride[],
): SeriesLook | undefined {
  const looks = overrides.filter(({ by, of }) => {
    if (by === 'name') return of === name;
    return by === 'query' ? of === queryLetter(query) : (namePattern(of)?.test(name) ?? false);
  });
  return looks.length === 0 ? undefined : Object.assign({}, ...looks.map(({ look }) => look));
}
