import { parseMetricQuery } from '#core/metric-query/parse.ts';
import { MetricQuerySyntaxError } from '#core/metric-query/syntax-error.ts';
import type { ChartQuery, ChartQueryText } from './chart-query.ts';

/** A query text that cannot be read, with where it goes wrong (UTF-16 offset). */
export type QueryProblem = { readonly text: string; readonly message: string; readonly position: number };

export type ParsedQueries = { readonly queries: readonly ChartQuery[]; readonly problems: readonly QueryProblem[] };

/** Reads the queries of a chart; blank ones are left out. What is no metric query is left to the server. */
export function parseQueries(texts: readonly ChartQueryText[]): ParsedQueries {
  const queries: ChartQuery[] = [];
  const problems: QueryProblem[] = [];
  for (const { text, legend = '', language = 'metrics' } of texts) {
    if (text.trim() === '') continue;
    if (language !== 'metrics') {
      queries.push({ language, text, legend });
      continue;
    }
    try {
      queries.push({ query: parseMetricQuery(text), legend });
    } catch (error) {
      if (!(error instanceof MetricQuerySyntaxError)) throw error;
      problems.push({ text, message: error.message, position: error.position });
    }
  }
  return { queries, problems };
}
