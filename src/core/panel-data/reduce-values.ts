import type { Reducer } from '#core/api/panel-display.ts';

/** One number of many, of which those that are none do not count; NaN (of `count` 0) when none is left. */
export function reduceValues(values: ArrayLike<number>, reducer: Reducer): number {
  let [count, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [first, last] = [Number.NaN, Number.NaN];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    if (count++ === 0) first = value;
    last = value;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (reducer === 'count') return count;
  if (count === 0) return Number.NaN;
  return { first, last, sum, min, max, avg: sum / count }[reducer];
}
