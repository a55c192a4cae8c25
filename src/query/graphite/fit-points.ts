import { consolidate } from './consolidation.ts';
import type { Series } from './series.ts';

/**
 * Merges points so that no series has more than `maxDataPoints`. The merged steps lie on multiples of their length, so
 * that the same points are merged at every refresh.
 */
export function fitPoints(list: readonly Series[], maxDataPoints: number | undefined): readonly Series[] {
  if (maxDataPoints === undefined || list.length === 0) return list;
  const start = list.reduce((least, series) => Math.min(least, series.start), Number.POSITIVE_INFINITY);
  const end = list.reduce((most, series) => Math.max(most, series.end), Number.NEGATIVE_INFINITY);
  return list.map((series) => {
    if (maxDataPoints === 1) return consolidate(series, series.values.length);
    const count = (end - start) / series.step;
    return maxDataPoints < count ? nudged(series, Math.ceil(count / maxDataPoints)) : series;
  });
}

function nudged(series: Series, valuesPerPoint: number): Series {
  const secondsPerPoint = Math.trunc(valuesPerPoint * series.step);
  const nudge = secondsPerPoint + (series.start % series.step) - (series.start % secondsPerPoint);
  const lost = Math.max(0, Math.trunc(nudge / series.step) - 1);
  return consolidate({ ...series, start: series.start + nudge, values: series.values.subarray(lost) }, valuesPerPoint);
}
