import type { Language } from '#core/api/text-query.ts';
import type { Matcher, MetricQuery } from '#core/metric-query/query.ts';
import type { Labels } from '#core/model/labels.ts';
import { canonicalKey } from '#core/model/labels.ts';
import type { ChartSeries } from './chart-data.ts';
import { fillPattern, shortNames } from './series-name.ts';

/** A query of a chart, as written; metric queries need not name their language. */
export type ChartQueryText = {
  readonly text: string;
  readonly legend?: string | undefined;
  readonly language?: Language | undefined;
};

/** A metric query, as read; `legend` is a pattern with `{{label}}`, '' = the labels that differ. */
export type MetricChartQuery = { readonly query: MetricQuery; readonly legend: string };

/** A query of another language: only the server reads it. */
export type TextChartQuery = {
  readonly language: Exclude<Language, 'metrics'>;
  readonly text: string;
  readonly legend: string;
  /** What a query for logs is narrowed by. */
  readonly scope?: readonly Matcher[];
};

export type ChartQuery = MetricChartQuery | TextChartQuery;

/** True for a query that can be watched live. */
export const isMetricQuery = (query: ChartQuery): query is MetricChartQuery => 'query' in query;

/** Names and keys of the series of a chart, from the labels that each query gave. */
export function nameSeries(
  queries: readonly (Pick<ChartQuery, 'legend'> & { readonly text?: string })[],
  labels: readonly (readonly Labels[])[],
): ChartSeries[] {
  const flat = labels.flatMap((own, query) => own.map((each) => ({ labels: each, query })));
  const short = shortNames(flat.map((each) => each.labels));
  const seen = new Map<string, number>();
  return flat.map(({ labels: own, query }, index) => {
    const legend = queries[query]?.legend ?? '';
    const written = queries[query]?.text;
    if (legend === '' && written !== undefined && Object.keys(own).length === 0 && flat.length > 1) {
      return { key: `${query} ${written}`, name: shortened(written), labels: own, query };
    }
    const name = legend === '' ? (short[index] as string) : fillPattern(legend, own) || (short[index] as string);
    const base = canonicalKey(own) || legend;
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    return { key: count === 0 ? base : `${base}#${count}`, name, labels: own, query };
  });
}

const NAME_LENGTH = 60;

/** A series without labels is called by what was asked. */
function shortened(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > NAME_LENGTH ? `${line.slice(0, NAME_LENGTH - 1)}…` : line;
}
