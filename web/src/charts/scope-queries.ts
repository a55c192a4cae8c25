import { type Matcher, PATH_LABEL } from '#core/metric-query/query.ts';
import { type ChartQuery, isMetricQuery } from './chart-query.ts';

/**
 * Queries narrowed by the scope of the page. A label that the query already chooses by itself is left to it, and
 * Graphite paths have no labels to narrow by. Log queries are narrowed when they are asked; other languages are left
 * as they are written.
 */
export function withScope(queries: readonly ChartQuery[], scope: readonly Matcher[]): readonly ChartQuery[] {
  if (scope.length === 0) return queries;
  return queries.map((own) => {
    if (!isMetricQuery(own)) return own.language === 'logs' ? { ...own, scope } : own;
    const { query, legend } = own;
    if (query.matchers.some(({ label }) => label === PATH_LABEL)) return { query, legend };
    const chosen = new Set(query.matchers.filter(({ op }) => op === '=').map(({ label }) => label));
    const added = scope.filter(({ label }) => !chosen.has(label));
    return { query: { ...query, matchers: [...query.matchers, ...added] }, legend };
  });
}
