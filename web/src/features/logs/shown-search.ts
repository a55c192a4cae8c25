import type { SavedSearch, SearchDraft } from '#core/api/saved-search.ts';
import { DEFAULT_COLUMNS } from './log-fields.ts';

/** What the page shows of a search. */
export type ShownSearch = Pick<SearchDraft, 'query' | 'order'> & { readonly columns: readonly string[] };

/** The parts of a view that are kept; the usual columns are none. */
export function shownSearch({
  text,
  columns,
  order,
}: {
  readonly text: string;
  readonly columns: readonly string[];
  readonly order: 'newest' | 'oldest';
}): ShownSearch {
  return { query: text, order, columns: same(columns, DEFAULT_COLUMNS) ? [] : columns };
}

/** True when a saved search is not what the page shows (any more). */
export function isChanged({ search }: SavedSearch, shown: ShownSearch): boolean {
  return search.query !== shown.query || search.order !== shown.order || !same(search.columns, shown.columns);
}

/** Saved searches whose name, query or owner has all words. */
export function findSaved(searches: readonly SavedSearch[], words: string): readonly SavedSearch[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return searches.filter(({ search, owner }) => {
    const text = `${search.name} ${search.query} ${owner}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index]);
