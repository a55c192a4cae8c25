import type { CollectedValue, CollectionProblem } from '#core/plugin/collector.ts';
import { type JsonObject, jsonAnswer, jsonAt, jsonItems, jsonText } from '#core/plugin/json-answer.ts';
import { KNOWN } from './metrics.ts';

/** Figures of one bucket of time, by id of the metric. */
export type Bucket = { readonly id: string; readonly figures: ReadonlyMap<string, number> };

const WHAT = 'report of Adobe Analytics';
/** What the golden cases ask for. */
const ASKED = ['metrics/visits', 'metrics/orders', 'metrics/revenue'];

/**
 * Buckets of a report, oldest first, and what is wrong with single columns. `metrics` are the ids that were asked for, in the
 * order of their columns; numbers stand by column, which the answer may give in another order.
 */
export function parseReport(
  text: string,
  metrics: readonly string[],
): { readonly buckets: readonly Bucket[]; readonly problems: readonly CollectionProblem[] } {
  const report = jsonAnswer(text, WHAT);
  const told = jsonAt(report, 'columns.columnIds');
  const columns = Array.isArray(told) ? told.map(Number) : metrics.map((_, i) => i);
  const problems = jsonItems(report, 'columns.columnErrors').map((error) => ({
    part: metrics[Number(jsonAt(error, 'columnId'))] ?? jsonText(error, 'columnId'),
    message: `${jsonText(error, 'errorCode')} ${jsonText(error, 'errorDescription')}`.trim(),
  }));
  const failed = new Set(problems.map(({ part }) => part));
  const buckets = jsonItems(report, 'rows').map((row) => {
    const ids = columns.map((column) => metrics[column] ?? '');
    return { id: idOf(row), figures: figuresOf(row, ids, failed) };
  });
  return { buckets: buckets.toSorted((a, b) => Number(a.id) - Number(b.id)), problems };
}

/** The day of a bucket as its id has it: years since 1900, months from 0: `1251028` is 28 November 2025. */
export function dayId(year: number, month: number, day: number): string {
  return `${year - 1900}${String(month - 1).padStart(2, '0')}${String(day).padStart(2, '0')}`;
}

/** Values of the figures of a bucket, and the conversion where visits and orders are among them. */
export function valuesOf({ figures }: Bucket, reportSuite: string, window: string): CollectedValue[] {
  const labels = { report_suite: reportSuite, window };
  const values = [...figures].map(([id, value]): CollectedValue => {
    const metric = KNOWN[id];
    return metric === undefined
      ? { metric: 'web_analytics_other', labels: { ...labels, id }, value }
      : { metric, labels, value };
  });
  const [orders, visits] = [figures.get('metrics/orders'), figures.get('metrics/visits')];
  if (orders === undefined || visits === undefined || visits === 0) return values;
  return [...values, { metric: 'web_analytics_conversion_ratio', labels, value: orders / visits }];
}

/** For the golden cases: the last bucket of a report. */
export const parsers = {
  days: (text: string) => lastOf(text, ASKED, 'today'),
  realtime: (text: string) => lastOf(text, ['metrics/occurrences'], '10m'),
};

function lastOf(text: string, metrics: readonly string[], window: string): CollectedValue[] {
  const last = parseReport(text, metrics).buckets.at(-1);
  return last === undefined ? [] : valuesOf(last, 'suite', window);
}

/** Of reports with a second dimension the first id is that of the time. */
function idOf(row: JsonObject): string {
  const ids = row['itemIds'];
  return jsonText(row, 'itemId') || String(Array.isArray(ids) ? ids[0] : '');
}

function figuresOf(row: JsonObject, ids: readonly string[], failed: ReadonlySet<string>): Map<string, number> {
  const { data } = row;
  const figures = (Array.isArray(data) ? data : []).map((value, i) => [ids[i] ?? '', value] as const);
  return new Map(
    figures.filter((entry): entry is readonly [string, number] => {
      return typeof entry[1] === 'number' && entry[0] !== '' && !failed.has(entry[0]);
    }),
  );
}
