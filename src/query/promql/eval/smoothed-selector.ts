import { AppError } from '#core/errors.ts';
import type { SourceSeries } from '#query/promql/source.ts';
import type { Steps } from '#query/promql/value.ts';
import { type Column, createColumn } from './column.ts';
import { createWindows, withoutStale } from './windows.ts';

/**
 * The values of a `smoothed` selector: between the samples before and after each time, as far as the lookback, on the line
 * that joins them; the last value where none follows.
 */
export function smoothedColumn(series: SourceSeries, times: Steps, lookback: number): Column {
  const column = createColumn(series.labels, times.count, false);
  const samples = withoutStale(series.samples);
  const windowAt = createWindows(samples, { steps: times, times, range: lookback, before: 0, after: lookback });
  for (let step = 0; step < times.count; step++) {
    const { from, to, end, hasHistograms } = windowAt(step);
    if (hasHistograms) {
      throw new AppError('bad_query', 'smoothed and anchored modifiers do not work with native histograms');
    }
    const value = valueOn(samples.t.subarray(from, to), samples.v.subarray(from, to), end);
    if (value === undefined) continue;
    column.present[step] = 1;
    column.values[step] = value;
  }
  return column;
}

function valueOn(times: Float64Array, values: Float64Array, time: number): number | undefined {
  const found = times.findIndex((t) => t >= time);
  const next = found === -1 ? times.length : found;
  if (times[next] === time) return values[next];
  if (next === 0) return undefined;
  const before = values[next - 1] as number;
  if (next === times.length) return before;
  const [start, end] = [times[next - 1] as number, times[next] as number];
  return before + (((values[next] as number) - before) * (time - start)) / (end - start);
}
