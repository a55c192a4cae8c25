import type { NativeHistogram } from '#core/model/histogram.ts';
import type { Labels } from '#core/model/labels.ts';
import type { CallContext, Sample, Window } from '#query/promql/function-def.ts';
import { compact, divideHistogram, isResetBetween } from '#query/promql/histogram/index.ts';
import { mixedBucketSchemas, mixedFloatsHistograms, notCounter, notGauge } from './annotation-text.ts';
import { subtractNoted } from './noted-arithmetic.ts';
import { metricOf } from './window-samples.ts';

/** The change between the last two samples of a window: per second with counter resets for `irate`, as it is for `idelta`. */
export function instantRate(isRate: boolean, window: Window, context: CallContext, labels: Labels): Sample {
  const { samples, from, to } = window;
  if (to - from < 2) return undefined;
  const seconds = ((samples.t[to - 1] as number) - (samples.t[to - 2] as number)) / 1000;
  if (seconds === 0) return undefined;
  const [previous, last] = [samples.histograms?.[to - 2], samples.histograms?.[to - 1]];
  if (previous !== undefined && last !== undefined) {
    const change = histogramChange([previous, last], isRate, context, labels);
    return change !== undefined && isRate ? divideHistogram(change, seconds) : change;
  }
  if (previous !== undefined || last !== undefined) {
    context.annotate('warn', mixedFloatsHistograms(metricOf(labels)), 0);
    return undefined;
  }
  const [before, now] = [samples.v[to - 2] as number, samples.v[to - 1] as number];
  const change = isRate && now < before ? now : now - before;
  return isRate ? change / seconds : change;
}

function histogramChange(
  [previous, last]: readonly [NativeHistogram, NativeHistogram],
  isRate: boolean,
  context: CallContext,
  labels: Labels,
): NativeHistogram | undefined {
  const gauges = [previous, last].filter(({ resetHint }) => resetHint === 'gauge').length;
  if (isRate && gauges > 0) context.annotate('warn', notCounter(metricOf(labels)), 0);
  if (!isRate && gauges < 2) context.annotate('warn', notGauge(metricOf(labels)), 0);
  if (isRate && isResetBetween(previous, last)) return compact({ ...last, resetHint: 'gauge' });
  const difference = subtractNoted(last, previous, context);
  if (difference === undefined) context.annotate('warn', mixedBucketSchemas(metricOf(labels)), 0);
  return difference && { ...difference, resetHint: 'gauge' };
}
