import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { logQueryInScope } from '#core/log-query/in-scope.ts';
import { useScope } from '#web/app/scope/use-scope.ts';
import type { Search } from '#web/app/search.ts';
import { DEFAULT_COLUMNS } from './log-fields.ts';
import { type ReadLogQuery, readLogQuery } from './query-edits.ts';

/** What the page shows; all of it is in the URL. */
export type LogView = {
  readonly text: string;
  readonly read: ReadLogQuery;
  /** What is asked for: the query within the scope of the page. */
  readonly asked: string;
  readonly columns: readonly string[];
  readonly order: 'newest' | 'oldest';
  /** The line that is open, and that a link leads to. */
  readonly row: string | undefined;
  /** Lines one by one, or the patterns they follow. */
  readonly part: 'lines' | 'patterns';
  readonly setText: (text: string) => void;
  readonly setColumns: (columns: readonly string[]) => void;
  readonly setOrder: (order: 'newest' | 'oldest') => void;
  readonly setRow: (row: string | undefined) => void;
  readonly setPart: (part: 'lines' | 'patterns') => void;
  /** Shows the lines of this query. */
  readonly showLines: (text: string) => void;
};

/** The view in the URL: `q`, `columns`, `order`, `row`, `part`. */
export function useLogView(): LogView {
  const text = useSearch({ strict: false, select: ({ q }) => q }) ?? '';
  const written = useSearch({ strict: false, select: ({ columns }) => columns });
  const order = useSearch({ strict: false, select: (search) => search['order'] }) === 'oldest' ? 'oldest' : 'newest';
  const row = useSearch({ strict: false, select: (search) => search['row'] });
  const part = useSearch({ strict: false, select: (search) => search['part'] }) === 'patterns' ? 'patterns' : 'lines';
  const { matchers } = useScope();
  const navigate = useNavigate();
  const query = useMemo(
    () => ({ text, read: readLogQuery(text), asked: logQueryInScope(text, matchers) }),
    [text, matchers],
  );
  return useMemo(() => {
    const set = (change: Search, replace = false): void =>
      void navigate({ to: '.', search: (search: Search) => ({ ...search, ...change }), replace });
    return {
      ...{ ...query, order, row, part },
      columns: written === undefined || written === '' ? DEFAULT_COLUMNS : written.split(','),
      setText: (q) => set({ q: q || undefined, row: undefined }),
      setColumns: (columns) => set({ columns: columns.length === 0 ? undefined : columns.join(',') }),
      setOrder: (next) => set({ order: next === 'newest' ? undefined : next }),
      setRow: (next) => set({ row: next }, true),
      setPart: (next) => set({ part: next === 'lines' ? undefined : next, row: undefined }),
      showLines: (q) => set({ q: q || undefined, part: undefined, row: undefined }),
    };
  }, [query, written, order, row, part, navigate]);
}
