import type { SeriesFunction } from '../metric-query/query.ts';
import { consolidate } from './consolidate.ts';
import { differencesOnGrid } from './counter.ts';
import type { Grid } from './grid.ts';
import { inferInterval } from './interval.ts';

/** Points further apart than this many sampling intervals (and than {@link MIN_GAP_MS}) have a gap between them. */
const GAP_INTERVALS = 3;
const MIN_GAP_MS = 2_500;

/** The longest distance of two points over which a rate is drawn, ms. */
export function maxGapOf(interval: number): number {
  return Math.max(MIN_GAP_MS, interval * GAP_INTERVALS);
}

/**
 * One series of a panel: its raw points (`t` sorted, ms) put on the grid by the function of the query. Range answers
 * and live panels both use it, so they show the same numbers. `interval` (ms) is inferred when it is left out.
 */
export function evaluateSeries(
  fn: SeriesFunction,
  t: Float64Array,
  v: Float64Array,
  grid: Grid,
  interval = inferInterval(t),
): Float64Array {
  if (fn === 'raw') return consolidate(t, v, grid, { how: 'avg', hold: interval });
  return differencesOnGrid(fn, t, v, grid, maxGapOf(interval));
}
