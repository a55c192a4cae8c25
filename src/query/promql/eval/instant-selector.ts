import type { SourceSeries } from '#query/promql/source.ts';
import { isStale, type Steps, wordsOf } from '#query/promql/value.ts';
import { type Column, createColumn, setSample } from './column.ts';

/** For each time, the index of the last sample in (time − lookback, time], or −1; a stale marker ends a series. */
export function currentSamples({ samples }: SourceSeries, times: Steps, lookback: number): Int32Array {
  const { t, v } = samples;
  const words = wordsOf(v);
  const found = new Int32Array(times.count).fill(-1);
  let next = 0;
  for (let step = 0; step < times.count; step++) {
    const time = times.start + times.step * step;
    while (next < t.length && (t[next] as number) <= time) next++;
    const last = next - 1;
    if (last >= 0 && (t[last] as number) > time - lookback && !isStale(words, last)) found[step] = last;
  }
  return found;
}

/** The values of a series at these times. */
export function instantColumn(series: SourceSeries, times: Steps, lookback: number): Column {
  const { v, histograms } = series.samples;
  const column = createColumn(series.labels, times.count, false);
  const found = currentSamples(series, times, lookback);
  for (let step = 0; step < found.length; step++) {
    const i = found[step] as number;
    if (i < 0) continue;
    const histogram = histograms?.[i];
    if (histogram !== undefined) {
      setSample(column, step, histogram);
      continue;
    }
    column.present[step] = 1;
    column.values[step] = v[i] as number;
  }
  return column;
}

/** As {@link instantColumn}, but the values are the times of the samples in seconds, also where there are histograms. */
export function sampleTimesColumn(series: SourceSeries, times: Steps, lookback: number): Column {
  const { t, histograms } = series.samples;
  const column = createColumn(series.labels, times.count, false);
  const found = currentSamples(series, times, lookback);
  for (let step = 0; step < found.length; step++) {
    const i = found[step] as number;
    if (i < 0) continue;
    const histogram = histograms?.[i];
    if (histogram !== undefined) setSample(column, step, histogram);
    column.present[step] = 1;
    column.values[step] = (t[i] as number) / 1000;
  }
  return column;
}
