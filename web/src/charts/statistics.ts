import type { ChartData } from './chart-data.ts';

/** What a line did over the chart; NaN where it has no value. */
export type LineStatistics = {
  readonly min: number;
  readonly avg: number;
  readonly max: number;
  readonly last: number;
};

/** Statistics of one drawn line. With a min–max band, min and max are those of the band. */
export function lineStatistics(data: ChartData, index: number): LineStatistics {
  const values = data.values[index] ?? new Float64Array(0);
  const lows = data.min?.[index] ?? values;
  const highs = data.max?.[index] ?? values;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let count = 0;
  let last = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    min = Math.min(min, lows[i] as number);
    max = Math.max(max, highs[i] as number);
    sum += value;
    count++;
    last = value;
  }
  if (count === 0) return { min: Number.NaN, avg: Number.NaN, max: Number.NaN, last };
  return { min, avg: sum / count, max, last };
}

/** Mean size of the known values of a line; -1 when it has none. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += Math.abs(value);
    count++;
  }
  return count === 0 ? -1 : sum / count;
}
