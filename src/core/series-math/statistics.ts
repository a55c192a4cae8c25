/** Statistics of a series over the values that are there; all NaN when there is none. */
export type Statistics = {
  readonly min: number;
  readonly max: number;
  readonly avg: number;
  readonly last: number;
  /** How many values are not NaN. */
  readonly count: number;
};

/** One pass over the values; NaN is left out. */
export function statistics(values: Float64Array): Statistics {
  let [min, max, sum, last, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, Number.NaN, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    last = value;
    count++;
  }
  if (count === 0) return { min: Number.NaN, max: Number.NaN, avg: Number.NaN, last, count };
  return { min, max, avg: sum / count, last, count };
}
