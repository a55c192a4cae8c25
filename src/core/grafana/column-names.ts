import type { PanelQuery } from '#core/api/dashboard.ts';
import { queryLetter } from '#core/panel-data/query-letter.ts';

/** Our name of a column of Grafana's. */
export type ColumnNames = (name: string) => string;

/** What rows were made of: labels and queries, figures of series, single values, or series side by side. */
export type TableShape = 'labels' | 'figures' | 'rows' | 'times';

const FIGURES: Readonly<Record<string, string>> = {
  Mean: 'avg',
  Min: 'min',
  Max: 'max',
  Total: 'sum',
  Sum: 'sum',
  Count: 'count',
  First: 'first',
  'First *': 'first',
  Last: 'last',
  'Last *': 'last',
};

/** The names of columns in rows of this shape; `refIds` are the letters of the queries in Grafana. */
export function columnNames(shape: TableShape, refIds: readonly string[]): ColumnNames {
  return (name) => {
    const plain = name.replace(/ \((?:sum|mean|min|max|count|last|lastNotNull|first|firstNotNull|total)\)$/, '');
    if (plain === 'Time') return 'time';
    if (shape === 'figures') return plain === 'Field' ? 'series' : (FIGURES[plain] ?? plain);
    if (shape === 'rows') return plain === 'Metric' ? 'series' : plain === 'Value' ? 'value' : plain;
    if (shape === 'times') return plain;
    const [, refId] = /^Value(?: #(.+))?$/.exec(plain) ?? [];
    if (plain === 'Value') return queryLetter(0);
    const place = refId === undefined ? -1 : refIds.indexOf(refId);
    return place < 0 ? plain : queryLetter(place);
  };
}

/** True when a query that is shown has no legend: its series are named otherwise than in Grafana. */
export function unnamed(queries: readonly PanelQuery[]): boolean {
  return queries.some(({ legend, hidden, language }) => !hidden && legend === '' && language === 'promql');
}
