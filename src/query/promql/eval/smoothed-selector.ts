import type { NativeHistogram } from '#core/model/histogram.ts';
import { NAME_LABEL } from '#core/model/labels.ts';
import type { VectorSelector } from '#query/promql/ast.ts';
import type { Sample, Window } from '#query/promql/function-def.ts';
import { mixedBucketSchemas, mixedFloatsHistograms } from '#query/promql/functions/annotation-text.ts';
import { histogramBetween } from '#query/promql/functions/extended-histogram-rate.ts';
import { compact, usesCustomBuckets } from '#query/promql/histogram/index.ts';
import type { SourceSeries } from '#query/promql/source.ts';
import type { Steps } from '#query/promql/value.ts';
import { type Column, createColumn, setSample } from './column.ts';
import type { Evaluation } from './evaluation.ts';
import { createWindows, withoutStale } from './windows.ts';

/**
 * The values of a `smoothed` selector: between the samples before and after each time, as far as the lookback, on the line
 * that joins them; the last value where none follows.
 */
export function smoothedColumn(
  series: SourceSeries,
  times: Steps,
  { selector, evaluation }: { readonly selector: VectorSelector; readonly evaluation: Evaluation },
): Column {
  const { lookback } = evaluation.options;
  const column = createColumn(series.labels, times.count, false);
  const samples = withoutStale(series.samples);
  const windowAt = createWindows(samples, { steps: times, times, range: lookback, before: 0, after: lookback });
  const metric = series.labels[NAME_LABEL] ?? '';
  for (let step = 0; step < times.count; step++) {
    const window = windowAt(step);
    if (window.hasFloats && window.hasHistograms) {
      evaluation.annotate('warn', mixedFloatsHistograms(metric), selector);
      continue;
    }
    const sample = window.hasHistograms
      ? histogramOn(window, metric, { selector, evaluation })
      : floatOn(window, indexAt(window));
    if (sample !== undefined) setSample(column, step, sample);
  }
  return column;
}

/** The index of the first sample that is not before the time of the window. */
function indexAt({ samples: { t }, from, to, end }: Window): number {
  let index = from;
  while (index < to && (t[index] as number) < end) index++;
  return index;
}

function floatOn({ samples: { t, v }, from, to, end }: Window, next: number): number | undefined {
  if (next < to && t[next] === end) return v[next];
  if (next === from) return undefined;
  const before = v[next - 1] as number;
  if (next === to) return before;
  const [left, right] = [t[next - 1] as number, t[next] as number];
  return before + (((v[next] as number) - before) * (end - left)) / (right - left);
}

function histogramOn(
  window: Window,
  metric: string,
  { selector, evaluation }: { readonly selector: VectorSelector; readonly evaluation: Evaluation },
): Sample {
  const { samples, from, to, end } = window;
  const next = indexAt(window);
  const at = (i: number): NativeHistogram => samples.histograms?.[i] as NativeHistogram;
  if (next < to && samples.t[next] === end) return at(next);
  if (next === from) return undefined;
  if (next === to) return at(next - 1);
  const left = { time: samples.t[next - 1] as number, histogram: at(next - 1) };
  const right = { time: samples.t[next] as number, histogram: at(next) };
  if (usesCustomBuckets(left.histogram) !== usesCustomBuckets(right.histogram)) {
    evaluation.annotate('warn', mixedBucketSchemas(metric), selector);
    return undefined;
  }
  const found = histogramBetween(left, right, end, left.histogram.resetHint !== 'gauge', {
    annotate: (level, message) => evaluation.annotate(level, message, selector),
  });
  return found && compact(found);
}
