import type { RangeSeries } from '#core/api/query.ts';
import { NAME_LABEL } from '#core/model/labels.ts';

export type ValueCount = { readonly value: string; readonly count: number };
export type LabelCounts = { readonly label: string; readonly values: readonly ValueCount[] };

/** How many of the series have each value of each label; labels with most to choose from last. */
export function countLabels(series: readonly RangeSeries[]): LabelCounts[] {
  const counts = new Map<string, Map<string, number>>();
  for (const { labels } of series) {
    for (const [label, value] of Object.entries(labels)) {
      if (label === NAME_LABEL) continue;
      const values = counts.get(label) ?? new Map<string, number>();
      values.set(value, (values.get(value) ?? 0) + 1);
      counts.set(label, values);
    }
  }
  return [...counts]
    .map(([label, values]) => ({ label, values: ranked(values) }))
    .sort((a, b) => a.values.length - b.values.length || (a.label < b.label ? -1 : 1));
}

function ranked(values: ReadonlyMap<string, number>): ValueCount[] {
  const list = [...values].map(([value, count]) => ({ value, count }));
  return list.sort((a, b) => b.count - a.count || a.value.localeCompare(b.value, undefined, { numeric: true }));
}
