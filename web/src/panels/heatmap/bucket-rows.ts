import type { ChartData } from '#web/charts/chart-data.ts';

export type HeatRow = { readonly name: string; readonly values: Float64Array };

/**
 * Rows of a heatmap, greatest first. Where every series has a bound `le`, the series are cumulative buckets of a
 * histogram: each row is what lies between its bound and the one below.
 */
export function bucketRows({ series, values }: Pick<ChartData, 'series' | 'values'>): HeatRow[] {
  const rows = series.map(({ name, labels }, index) => ({
    name,
    bound: boundOf(labels['le']),
    values: values[index] as Float64Array,
  }));
  if (rows.some(({ bound }) => Number.isNaN(bound))) return rows.reverse();
  rows.sort((a, b) => a.bound - b.bound);
  return rows
    .map(({ bound, values: own }, index) => {
      const below = rows[index - 1]?.values;
      const cells = own.map((value, i) => Math.max(0, value - (below?.[i] || 0)));
      return { name: Number.isFinite(bound) ? String(bound) : '+Inf', values: cells };
    })
    .reverse();
}

function boundOf(le: string | undefined): number {
  if (le === undefined || le === '') return Number.NaN;
  return le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
}
