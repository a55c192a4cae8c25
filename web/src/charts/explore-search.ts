import { LANGUAGES } from '#core/api/languages.ts';
import type { Language } from '#core/api/text-query.ts';
import type { ChartQueryText } from './chart-query.ts';

const MOST_QUERIES = 26;

/** A query of Explore: what is hidden is kept, but not drawn. */
export type ExploreQuery = { readonly language: Language; readonly text: string; readonly hidden?: boolean };

/**
 * Search parameters of Explore that hold these queries: `q`, `q2`, `q3`, … Other languages than that of metrics stand
 * before the text (`promql:up`); `hide` lists the places of hidden ones.
 */
export function exploreSearch(
  queries: readonly (ChartQueryText & { readonly hidden?: boolean })[],
): Record<string, string> {
  const shown = queries.slice(0, MOST_QUERIES);
  const hidden = shown.flatMap((query, index) => (query.hidden === true ? [index] : []));
  return {
    ...Object.fromEntries(
      shown.map(({ language = 'metrics', text }, index) => [
        parameter(index),
        language === 'metrics' ? text : `${language}:${text}`,
      ]),
    ),
    ...(hidden.length === 0 ? {} : { hide: hidden.join(',') }),
  };
}

/** The inverse of {@link exploreSearch}. */
export function queriesOfSearch(search: Readonly<Record<string, unknown>>): ExploreQuery[] {
  const { hide } = search;
  const hidden = new Set(typeof hide === 'string' ? hide.split(',').map(Number) : []);
  const queries: ExploreQuery[] = [];
  for (let index = 0; index < MOST_QUERIES; index++) {
    const text = search[parameter(index)];
    if (typeof text !== 'string' || text === '') continue;
    queries.push({ ...readQuery(text), ...(hidden.has(queries.length) ? { hidden: true } : {}) });
  }
  return queries;
}

function readQuery(written: string): ExploreQuery {
  const colon = written.indexOf(':');
  const language = LANGUAGES.find((each) => each !== 'metrics' && each === written.slice(0, colon));
  return language === undefined ? { language: 'metrics', text: written } : { language, text: written.slice(colon + 1) };
}

function parameter(index: number): string {
  return index === 0 ? 'q' : `q${index + 1}`;
}
