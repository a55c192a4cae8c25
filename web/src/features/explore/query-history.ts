import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Language } from '#core/api/text-query.ts';

/** A query that was run; `at` in ms. */
export type PastQuery = { readonly language: Language; readonly text: string; readonly at: number };

type History = { readonly queries: readonly PastQuery[]; readonly add: (query: PastQuery) => void };

const MOST = 200;

/** Queries that were run in this browser, newest first, each once. */
export const useQueryHistory = create<History>()(
  persist(
    (set) => ({
      queries: [],
      add: (query) => set(({ queries }) => ({ queries: withQuery(queries, query) })),
    }),
    { name: 'nocmate-queries' },
  ),
);

/** The history with a query at its head. */
export function withQuery(queries: readonly PastQuery[], query: PastQuery): readonly PastQuery[] {
  if (query.text.trim() === '') return queries;
  const others = queries.filter(({ language, text }) => language !== query.language || text !== query.text);
  return [query, ...others].slice(0, MOST);
}

/** Those of a language that hold every word. */
export function findQueries(queries: readonly PastQuery[], language: Language, words: string): readonly PastQuery[] {
  const wanted = words.toLowerCase().split(/\s+/);
  return queries.filter(
    (query) => query.language === language && wanted.every((word) => query.text.toLowerCase().includes(word)),
  );
}
