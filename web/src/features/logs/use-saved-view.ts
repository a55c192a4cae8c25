import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { SavedSearch } from '#core/api/saved-search.ts';
import type { Search } from '#web/app/search.ts';
import { searchOfSaved, useSavedSearches } from '#web/data/saved-searches.ts';

/** The saved search that the page was opened with, and what opens another. */
export type SavedView = {
  readonly searches: readonly SavedSearch[];
  readonly opened: SavedSearch | undefined;
  /** The link names one that is gone, or not shared with the user. */
  readonly isMissing: boolean;
  readonly open: (saved: Pick<SavedSearch, 'id' | 'search'>) => void;
  readonly forget: () => void;
};

/** Follows `saved` of the URL. A link that says nothing else gets what was saved. */
export function useSavedView(): SavedView {
  const { saved: id, isBare } = useSearch({
    strict: false,
    select: ({ saved, q, columns, order }) => ({
      saved,
      isBare: q === undefined && columns === undefined && order === undefined,
    }),
  });
  const navigate = useNavigate();
  const { data: searches = [], isSuccess } = useSavedSearches();
  const opened = searches.find((each) => each.id === id);
  const filled = useRef<string>(undefined);
  useEffect(() => {
    if (id === undefined || filled.current === id || (isBare && opened === undefined)) return;
    filled.current = id;
    if (!isBare || opened === undefined) return;
    void navigate({ to: '.', search: (search: Search) => ({ ...search, ...searchOfSaved(opened) }), replace: true });
  }, [id, isBare, opened, navigate]);
  const go = (change: Search): void =>
    void navigate({ to: '.', search: (search: Search) => ({ ...search, ...change }) });
  return {
    ...{ searches, opened },
    isMissing: id !== undefined && isSuccess && opened === undefined,
    open: (saved) => {
      filled.current = saved.id;
      go(searchOfSaved(saved));
    },
    forget: () => go({ saved: undefined }),
  };
}
