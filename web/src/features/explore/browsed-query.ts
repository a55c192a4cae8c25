import type { MetricSummary } from '#core/api/query.ts';
import type { Language } from '#core/api/text-query.ts';
import { printMetricQuery, quoteText } from '#core/metric-query/print.ts';
import type { MetricQuery } from '#core/metric-query/query.ts';
import type { ExploreQuery } from '#web/charts/explore-search.ts';
import { translate } from '#web/editor/translate.ts';
import { forMetric, forPath } from './query-edits.ts';

/** A query for a metric that was clicked, in the language that is written; where that knows no metrics, in our own. */
export function metricQuery(
  language: Language,
  { name, kind }: Pick<MetricSummary, 'name' | 'kind'>,
  before: MetricQuery | undefined,
): ExploreQuery {
  const isCounter = kind === 'counter' || name.endsWith('_total');
  if (language !== 'promql') return { language: 'metrics', text: printMetricQuery(forMetric(before, name, isCounter)) };
  const selector = /^[a-zA-Z_:][\w:]*$/.test(name) ? name : `{${quoteText(name)}}`;
  return { language, text: isCounter ? `rate(${selector}[$__rate_interval])` : selector };
}

/** A query for a path that was clicked, likewise. */
export function pathQuery(language: Language, path: string): ExploreQuery {
  const text = printMetricQuery(forPath(path));
  const translated = language === 'sql' ? undefined : translate(text, 'metrics', language);
  return translated === undefined ? { language: 'metrics', text } : { language, text: translated };
}
