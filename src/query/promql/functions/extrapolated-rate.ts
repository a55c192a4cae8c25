import type { NativeHistogram } from '#core/model/histogram.ts';
import type { Labels } from '#core/model/labels.ts';
import type { CallContext, Sample, Window } from '#query/promql/function-def.ts';
import { scaleHistogram } from '#query/promql/histogram/index.ts';
import { mixedFloatsHistograms } from './annotation-text.ts';
import { extendedHistogramRate } from './extended-histogram-rate.ts';
import { extendedRate } from './extended-rate.ts';
import { histogramIncrease } from './histogram-increase.ts';
import { extensionOf, histogramsOf, metricOf } from './window-samples.ts';

/** Which of `rate`, `increase`, `delta`: counters are corrected for resets, rates are per second. */
export type RateKind = { readonly isCounter: boolean; readonly isRate: boolean };

/** Samples within this many average intervals of a bound of the window: the series goes on beyond it. */
const EXTRAPOLATION_THRESHOLD = 1.1;

/**
 * The change over a window, extrapolated to its bounds (Prometheus, promql/functions.go: extrapolatedRate). Nothing for
 * fewer than two samples or a mix of floats and histograms.
 */
export function extrapolatedRate(kind: RateKind, window: Window, context: CallContext, labels: Labels): Sample {
  if (window.hasFloats && window.hasHistograms) {
    context.annotate('warn', mixedFloatsHistograms(metricOf(labels)), 0);
    return undefined;
  }
  const extension = extensionOf(context);
  const isSmoothed = extension === 'smoothed';
  if (extension !== undefined && window.hasHistograms) {
    return extendedHistogramRate(kind, window, isSmoothed, { context, labels });
  }
  if (extension !== undefined) return extendedRate(kind, window, isSmoothed);
  if (window.to - window.from < 2) return undefined;
  if (window.hasHistograms) return histogramRate(kind, window, context, labels);
  return floatRate(kind, window);
}

/** The same of a window of floats. */
export function floatRate(kind: RateKind, window: Window): number | undefined {
  if (window.to - window.from < 2) return undefined;
  const change = floatChange(window, kind.isCounter);
  return change * factorOf(kind, window, window.samples.v[window.from] as number, change);
}

function floatChange({ samples: { v }, from, to }: Window, isCounter: boolean): number {
  let change = (v[to - 1] as number) - (v[from] as number);
  if (!isCounter) return change;
  let previous = v[from] as number;
  for (let i = from + 1; i < to; i++) {
    const value = v[i] as number;
    if (value < previous) change += previous;
    previous = value;
  }
  return change;
}

function histogramRate(kind: RateKind, window: Window, context: CallContext, labels: Labels): Sample {
  const histograms = histogramsOf(window);
  const increase = histogramIncrease(histograms, kind.isCounter, context, labels);
  if (increase === undefined) return undefined;
  const first = histograms[0] as NativeHistogram;
  return scaleHistogram(increase, factorOf(kind, window, first.count, increase.count));
}

/** What a change between the first and last sample is multiplied with; a counter does not go below zero before the first. */
function factorOf(kind: RateKind, window: Window, first: number, change: number): number {
  const { samples, from, to, start, end } = window;
  const firstTime = samples.t[from] as number;
  const lastTime = samples.t[to - 1] as number;
  const sampled = (lastTime - firstTime) / 1000;
  const average = sampled / (to - from - 1);
  const threshold = average * EXTRAPOLATION_THRESHOLD;
  let toStart = (firstTime - start) / 1000;
  if (toStart >= threshold) toStart = average / 2;
  if (kind.isCounter && change > 0 && first >= 0) toStart = Math.min(toStart, sampled * (first / change));
  let toEnd = (end - lastTime) / 1000;
  if (toEnd >= threshold) toEnd = average / 2;
  const factor = (sampled + toStart + toEnd) / sampled;
  return kind.isRate ? factor / ((end - start) / 1000) : factor;
}
