import { type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { Cell, PanelTable, TableField, ValuedSeries } from './panel-table.ts';
import { queryLetter } from './query-letter.ts';
import { reduceValues } from './reduce-values.ts';

/**
 * A row for each set of labels with a column a label and a column a query (`A`, `B`), its newest value. A query is joined to
 * the rows of those with more labels by the labels that both have, or by `label` alone.
 */
export function mergedTable(series: readonly ValuedSeries[], label?: string): PanelTable {
  const members = label === undefined ? series : series.filter(({ labels }) => labels[label] !== undefined);
  const queries = [...new Set(members.map(({ query }) => query))].sort((a, b) => a - b);
  const columns = [...new Set([...(label === undefined ? [] : [label]), ...labelNames(members)])];
  return {
    fields: [
      ...columns.map((name): TableField => ({ name, kind: 'text' })),
      ...queries.map((query): TableField => ({ name: queryLetter(query), kind: 'number' })),
    ],
    rows: joinedRows(members, label).map(({ labels, values }) => [
      ...columns.map((column) => labels[column] ?? ''),
      ...queries.map((query): Cell => values.get(query) ?? Number.NaN),
    ]),
  };
}

/** The labels of series, in their order. */
export function labelNames(series: readonly Pick<ValuedSeries, 'labels'>[]): string[] {
  const names = new Set(series.flatMap(({ labels }) => Object.keys(labels)));
  return [...names].filter((name) => name !== NAME_LABEL).sort();
}

type Row = { labels: Labels; readonly values: Map<number, number> };

function joinedRows(series: readonly ValuedSeries[], label: string | undefined): readonly Row[] {
  const byQuery = [...Map.groupBy(series, ({ query }) => query)]
    .map(([query, members]) => ({ query, members, names: labelNames(members) }))
    .sort((a, b) => b.names.length - a.names.length || a.query - b.query);
  const known = new Set<string>();
  const rows: Row[] = [];
  for (const { query, members, names } of byQuery) {
    const keys = label === undefined ? names.filter((name) => known.has(name)) : [label];
    const keyOf = (labels: Labels): string => JSON.stringify(keys.map((key) => labels[key] ?? ''));
    const found = Map.groupBy(keys.length === 0 ? [] : rows, ({ labels }) => keyOf(labels));
    for (const { labels, values } of members) {
      const value = reduceValues(values, 'last');
      const free = (found.get(keyOf(labels)) ?? []).filter((row) => !row.values.has(query));
      if (free.length === 0) rows.push({ labels, values: new Map([[query, value]]) });
      for (const row of free) {
        row.values.set(query, value);
        row.labels = { ...labels, ...row.labels };
      }
    }
    for (const name of names) known.add(name);
  }
  return rows;
}
