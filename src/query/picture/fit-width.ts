import type { ChartSeries } from './chart-spec.ts';

/** Points that one picture may draw; more are merged, so that drawing stays quick. */
const MAX_POINTS = 15_000;
const LEAST_POINTS = 30;

/** The points that each of so many series may have in a picture of this width. */
export function pointsFor(width: number, series: number): number {
  return Math.max(LEAST_POINTS, Math.min(width, Math.floor(MAX_POINTS / Math.max(1, series))));
}

/** The series with averages of neighbouring points, so that none has more than `most`. */
export function fitWidth(series: ChartSeries, most: number): ChartSeries {
  const factor = Math.ceil(series.values.length / Math.max(1, most));
  if (factor <= 1) return series;
  const floor = series.floor === undefined ? {} : { floor: merged(series.floor, factor) };
  return { ...series, ...floor, values: merged(series.values, factor), step: series.step * factor };
}

function merged(values: Float64Array, factor: number): Float64Array {
  const out = new Float64Array(Math.ceil(values.length / factor));
  for (let i = 0; i < out.length; i++) {
    let [sum, known] = [0, 0];
    for (const value of values.subarray(i * factor, (i + 1) * factor)) {
      if (Number.isNaN(value)) continue;
      sum += value;
      known++;
    }
    out[i] = known === 0 ? Number.NaN : sum / known;
  }
  return out;
}
