import type { MetricQuery } from '#core/metric-query/query.ts';
import type { Labels } from '#core/model/labels.ts';
import { canonicalKey } from '#core/model/labels.ts';
import type { ChartSeries } from './chart-data.ts';
import { fillPattern, shortNames } from './series-name.ts';

/** A query of a chart, as written. */
export type ChartQueryText = { readonly text: string; readonly legend?: string | undefined };

/** A query of a chart, as read; `legend` is a pattern with `{{label}}`, '' = the labels that differ. */
export type ChartQuery = { readonly query: MetricQuery; readonly legend: string };

/** Names and keys of the series of a chart, from the labels that each query gave. */
export function nameSeries(queries: readonly ChartQuery[], labels: readonly (readonly Labels[])[]): ChartSeries[] {
  const flat = labels.flatMap((own, query) => own.map((each) => ({ labels: each, query })));
  const short = shortNames(flat.map((each) => each.labels));
  const seen = new Map<string, number>();
  return flat.map(({ labels: own, query }, index) => {
    const legend = queries[query]?.legend ?? '';
    const name = legend === '' ? (short[index] as string) : fillPattern(legend, own) || (short[index] as string);
    const base = canonicalKey(own) || legend;
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    return { key: count === 0 ? base : `${base}#${count}`, name, labels: own, query };
  });
}
