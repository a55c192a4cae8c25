import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Matcher } from '#core/metric-query/query.ts';
import type { Search } from '#web/app/search.ts';
import { parseScope, printScope } from './scope.ts';

/** The filter that narrows every page: label matchers, in the URL. */
export type ScopeControl = {
  readonly matchers: readonly Matcher[];
  readonly text: string;
  readonly setScope: (matchers: readonly Matcher[]) => void;
};

/** The scope of the page and how to change it. */
export function useScope(): ScopeControl {
  const text = useSearch({ strict: false, select: (search) => search.scope }) ?? '';
  const navigate = useNavigate();
  return useMemo(
    () => ({
      text,
      matchers: parseScope(text) ?? [],
      setScope: (matchers) => {
        const scope = printScope(matchers) || undefined;
        void navigate({ to: '.', search: (search: Search) => ({ ...search, scope }) });
      },
    }),
    [text, navigate],
  );
}
