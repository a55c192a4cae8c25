import { parseMetricQuery } from '#core/metric-query/parse.ts';
import type { TextAnswer, TextQueryParts, TextQuestion } from './text-query.ts';

/** Answers a metric query: rollups, bands and units as for every chart. */
export function answerMetrics({ metrics }: TextQueryParts, question: TextQuestion): Promise<TextAnswer> {
  const { text, from, to, maxPoints, limit, signal } = question;
  return metrics.range({ query: parseMetricQuery(text), from, to, maxPoints, limit }, signal);
}
