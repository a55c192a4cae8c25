import type { Reducer, Transformation } from '#core/api/panel-display.ts';
import { labelNames, mergedTable } from './merged-table.ts';
import type { Cell, PanelTable, SeriesSet, TableField } from './panel-table.ts';
import { reduceValues } from './reduce-values.ts';

/** The table that a step makes of series; of a step that needs a table already: a row a series with labels and value. */
export function tableOfSeries(set: SeriesSet, step: Transformation): PanelTable {
  switch (step.kind) {
    case 'reduce':
      return reduced(set, step.figures);
    case 'join-by-time':
      return joinedByTime(set);
    case 'join-by-label':
      return mergedTable(set.series, step.label);
    case 'merge':
      return mergedTable(set.series);
    case 'rows':
      return rowsOfSeries(set);
    default:
      return latest(set);
  }
}

function reduced({ series }: SeriesSet, figures: readonly Reducer[]): PanelTable {
  return {
    fields: [
      { name: 'series', kind: 'text' },
      ...figures.map((figure): TableField => ({ name: figure, kind: 'number' })),
    ],
    rows: series.map(({ name, values }) => [name, ...figures.map((figure) => reduceValues(values, figure))]),
  };
}

function joinedByTime({ t, series }: SeriesSet): PanelTable {
  const rows = Array.from(t, (time, at): Cell[] => [time, ...series.map(({ values }) => values[at] ?? Number.NaN)]);
  return {
    fields: [{ name: 'time', kind: 'time' }, ...series.map(({ name }): TableField => ({ name, kind: 'number' }))],
    rows: rows.filter(([, ...values]) => values.some((value) => !Number.isNaN(value))).reverse(),
  };
}

function rowsOfSeries({ t, series }: SeriesSet): PanelTable {
  const rows: Cell[][] = [];
  for (let at = t.length - 1; at >= 0; at--) {
    for (const { name, values } of series) {
      const value = values[at] ?? Number.NaN;
      if (!Number.isNaN(value)) rows.push([t[at] as number, name, value]);
    }
  }
  return {
    fields: [
      { name: 'time', kind: 'time' },
      { name: 'series', kind: 'text' },
      { name: 'value', kind: 'number' },
    ],
    rows,
  };
}

function latest({ series }: SeriesSet): PanelTable {
  const columns = labelNames(series);
  return {
    fields: [
      { name: 'series', kind: 'text' },
      ...columns.map((name): TableField => ({ name, kind: 'text' })),
      { name: 'value', kind: 'number' },
    ],
    rows: series.map(({ name, labels, values }) => [
      name,
      ...columns.map((column) => labels[column] ?? ''),
      reduceValues(values, 'last'),
    ]),
  };
}
