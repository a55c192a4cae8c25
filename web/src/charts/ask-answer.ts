import type { RangeHeader } from '#core/api/query.ts';
import type { TextHeader } from '#core/api/text-query.ts';
import { decodeFrame, type Frame } from '#core/frame.ts';
import type { ApiClient } from '#web/data/api-client.ts';
import { type ChartQuery, isMetricQuery, type TextChartQuery } from './chart-query.ts';
import type { RangeAnswer } from './range-source.ts';

/** One range query; the answer's columns are views on its bytes. */
export async function askRange(api: ApiClient, body: object, signal: AbortSignal): Promise<RangeAnswer> {
  return decodeFrame<RangeHeader>(await api.bytes('/api/query/range', { method: 'POST', body, signal }));
}

type Wanted = { readonly from: number; readonly to: number; readonly maxPoints: number; readonly limit: number };

/** The answer to a query of any language. */
export async function askAnswer(
  api: ApiClient,
  query: ChartQuery,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Frame<TextHeader>> {
  if (isMetricQuery(query)) return askRange(api, { query: query.query, ...wanted }, signal);
  const { language } = query;
  const text = await scopedText(query);
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const body = { language, text, timeZone, ...wanted };
  return decodeFrame<TextHeader>(await api.bytes('/api/query/text', { method: 'POST', body, signal }));
}

/** The grammar of logs is fetched where it is needed: most charts have no query for logs. */
async function scopedText({ text, scope }: TextChartQuery): Promise<string> {
  if (scope === undefined) return text;
  const { logQueryInScope } = await import('#core/log-query/in-scope.ts');
  return logQueryInScope(text, scope);
}
