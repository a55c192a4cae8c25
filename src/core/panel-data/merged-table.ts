import { NAME_LABEL } from '#core/model/labels.ts';
import type { Cell, PanelTable, TableField, ValuedSeries } from './panel-table.ts';
import { queryLetter } from './query-letter.ts';
import { reduceValues } from './reduce-values.ts';

/**
 * A row for each set of labels with a column a label and a column a query (`A`, `B`), its newest value. Queries are joined
 * by the labels that all of them have, or by `label` alone; what one query has once is beside every row of the others.
 */
export function mergedTable(series: readonly ValuedSeries[], label?: string): PanelTable {
  const members = label === undefined ? series : series.filter(({ labels }) => labels[label] !== undefined);
  const queries = [...new Set(members.map(({ query }) => query))].sort((a, b) => a - b);
  const keys = label === undefined ? sharedLabels(members, queries) : [label];
  const columns = [...new Set([...(label === undefined ? [] : keys), ...labelNames(members)])];
  const groups = Map.groupBy(members, ({ labels }) => JSON.stringify(keys.map((key) => labels[key] ?? '')));
  return {
    fields: [
      ...columns.map((name): TableField => ({ name, kind: 'text' })),
      ...queries.map((query): TableField => ({ name: queryLetter(query), kind: 'number' })),
    ],
    rows: [...groups.values()].flatMap((group) => joined(group, columns, queries)),
  };
}

/** The labels of series, in their order. */
export function labelNames(series: readonly Pick<ValuedSeries, 'labels'>[]): string[] {
  const names = new Set(series.flatMap(({ labels }) => Object.keys(labels)));
  return [...names].filter((name) => name !== NAME_LABEL).sort();
}

function sharedLabels(series: readonly ValuedSeries[], queries: readonly number[]): string[] {
  const byQuery = queries.map((query) => new Set(labelNames(series.filter((each) => each.query === query))));
  return labelNames(series).filter((name) => byQuery.every((names) => names.has(name)));
}

/** The rows of one group: those of the query that has most of them, with the single ones of the others in each. */
function joined(group: readonly ValuedSeries[], columns: readonly string[], queries: readonly number[]): Cell[][] {
  const byQuery = [...Map.groupBy(group, ({ query }) => query)].sort(([, a], [, b]) => b.length - a.length);
  const rowOf = ({ labels }: ValuedSeries): Cell[] => [
    ...columns.map((column) => labels[column] ?? ''),
    ...queries.map(() => Number.NaN),
  ];
  const rows: Cell[][] = [];
  for (const [query, members] of byQuery) {
    const [only] = members;
    const isBeside = rows.length > 0 && members.length === 1 && only !== undefined;
    const targets = isBeside ? rows : members.map(rowOf);
    targets.forEach((row, index) => {
      const source = isBeside ? only : members[index];
      if (source === undefined) return;
      columns.forEach((column, at) => {
        if (row[at] === '') row[at] = source.labels[column] ?? '';
      });
      row[columns.length + queries.indexOf(query)] = reduceValues(source.values, 'last');
    });
    if (!isBeside) rows.push(...targets);
  }
  return rows;
}
