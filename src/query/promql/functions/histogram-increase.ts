import type { NativeHistogram } from '#core/model/histogram.ts';
import type { Labels } from '#core/model/labels.ts';
import type { CallContext } from '#query/promql/function-def.ts';
import { compact, isResetBetween, reduceTo, usesCustomBuckets } from '#query/promql/histogram/index.ts';
import { mixedBucketSchemas, notCounter, notGauge } from './annotation-text.ts';
import { addNoted, subtractNoted } from './noted-arithmetic.ts';
import { metricOf } from './window-samples.ts';

/**
 * Last minus first of at least two histograms, as a gauge; for counters with what resets took away (Prometheus,
 * promql/functions.go: histogramRate). Undefined when some have exponential and others custom buckets.
 */
export function histogramIncrease(
  histograms: readonly NativeHistogram[],
  isCounter: boolean,
  context: CallContext,
  labels: Labels,
): NativeHistogram | undefined {
  noteHints(histograms, isCounter, context, labels);
  const points = isCounter ? withoutResetFirst(histograms) : histograms;
  const relevant = isCounter ? points : [points[0] as NativeHistogram, points.at(-1) as NativeHistogram];
  const increase = areMixed(relevant) ? undefined : difference(points, relevant, isCounter, context);
  if (increase === undefined) context.annotate('warn', mixedBucketSchemas(metricOf(labels)), 0);
  return increase && compact({ ...increase, resetHint: 'gauge' });
}

function noteHints(
  histograms: readonly NativeHistogram[],
  isCounter: boolean,
  context: CallContext,
  labels: Labels,
): void {
  const isGauge = ({ resetHint }: NativeHistogram): boolean => resetHint === 'gauge';
  if (isCounter) {
    if (histograms.some(isGauge)) context.annotate('warn', notCounter(metricOf(labels)), 0);
  } else if (!isGauge(histograms[0] as NativeHistogram) || !isGauge(histograms.at(-1) as NativeHistogram)) {
    context.annotate('warn', notGauge(metricOf(labels)), 0);
  }
}

/** A first one that was reset away counts nothing, and its layout does not matter. */
function withoutResetFirst(histograms: readonly NativeHistogram[]): readonly NativeHistogram[] {
  const [first, second] = histograms as readonly [NativeHistogram, NativeHistogram];
  return isResetBetween(first, second) ? [emptyLike(second), ...histograms.slice(1)] : histograms;
}

function emptyLike({ schema, customValues }: NativeHistogram): NativeHistogram {
  const none = { spans: [], counts: new Float64Array() };
  const zeros = { count: 0, sum: 0, zeroThreshold: 0, zeroCount: 0 };
  return { schema, customValues, resetHint: 'unknown', ...zeros, positive: none, negative: none };
}

function areMixed(histograms: readonly NativeHistogram[]): boolean {
  return histograms.some(usesCustomBuckets) && !histograms.every(usesCustomBuckets);
}

function difference(
  points: readonly NativeHistogram[],
  relevant: readonly NativeHistogram[],
  isCounter: boolean,
  context: CallContext,
): NativeHistogram | undefined {
  const schema = Math.min(...relevant.map((histogram) => histogram.schema));
  const change = subtractNoted(
    reduceTo(points.at(-1) as NativeHistogram, schema),
    points[0] as NativeHistogram,
    context,
  );
  return change === undefined || !isCounter ? change : withLostCounts(change, points, context);
}

function withLostCounts(
  change: NativeHistogram,
  points: readonly NativeHistogram[],
  context: CallContext,
): NativeHistogram | undefined {
  let total: NativeHistogram | undefined = change;
  for (let i = 1; total !== undefined && i < points.length; i++) {
    const previous = points[i - 1] as NativeHistogram;
    if (isResetBetween(previous, points[i] as NativeHistogram)) total = addNoted(total, previous, context);
  }
  return total;
}
