import type { NativeHistogram } from '#core/model/histogram.ts';
import type { Labels } from '#core/model/labels.ts';
import type { CallContext, Window } from '#query/promql/function-def.ts';
import {
  compact,
  divideHistogram,
  isResetBetween,
  scaleHistogram,
  usesCustomBuckets,
} from '#query/promql/histogram/index.ts';
import { mixedBucketSchemas, notCounter, notGauge } from './annotation-text.ts';
import { edgesOf } from './extended-rate.ts';
import { addNoted, subtractNoted } from './noted-arithmetic.ts';
import { metricOf } from './window-samples.ts';

type Kind = { readonly isCounter: boolean; readonly isRate: boolean };
/** A histogram at a time, ms. */
export type Point = { readonly time: number; readonly histogram: NativeHistogram };

/** As {@link extendedRate}, for windows of native histograms only. */
export function extendedHistogramRate(
  kind: Kind,
  window: Window,
  isSmoothed: boolean,
  { context, labels }: { readonly context: CallContext; readonly labels: Labels },
): NativeHistogram | undefined {
  const edges = edgesOf(window, isSmoothed);
  if (edges === undefined) return undefined;
  const points = pointsOf(window, edges.first, edges.last);
  const [isCustom, isExponential] = [points.some(isCustomPoint), points.some((point) => !isCustomPoint(point))];
  if (isCustom && isExponential) {
    context.annotate('warn', mixedBucketSchemas(metricOf(labels)), 0);
    return undefined;
  }
  const change = changeBetween(points, kind.isCounter, isSmoothed ? window : undefined, { context, labels });
  if (change === undefined) return undefined;
  const rate = kind.isRate ? divideHistogram(change, (window.end - window.start) / 1000) : change;
  return compact({ ...rate, resetHint: 'gauge' });
}

function pointsOf({ samples }: Window, first: number, last: number): readonly Point[] {
  const points: Point[] = [];
  for (let i = first; i <= last; i++) {
    const histogram = samples.histograms?.[i];
    if (histogram !== undefined) points.push({ time: samples.t[i] as number, histogram });
  }
  return points;
}

const isCustomPoint = ({ histogram }: Point): boolean => usesCustomBuckets(histogram);

/** From the first point to the last; those outside `smoothed` are interpolated to its ends. */
function changeBetween(
  points: readonly Point[],
  isCounter: boolean,
  smoothed: Window | undefined,
  { context, labels }: { readonly context: CallContext; readonly labels: Labels },
): NativeHistogram | undefined {
  const [first, second] = points as readonly [Point, Point | undefined];
  const [last, beforeLast] = [points.at(-1) as Point, points.at(-2)];
  const reachesBack = smoothed !== undefined && second !== undefined && first.time < smoothed.start;
  const reachesOn = smoothed !== undefined && beforeLast !== undefined && last.time > smoothed.end;
  const left = reachesBack ? histogramBetween(first, second, smoothed.start, isCounter, context) : first.histogram;
  const right = reachesOn ? histogramBetween(beforeLast, last, smoothed.end, isCounter, context) : last.histogram;
  if (left === undefined || right === undefined) return undefined;
  noteHints(points, [left, right], isCounter, () => metricOf(labels), context);
  const change = subtractNoted(right, left, context);
  if (change === undefined || !isCounter) return change;
  const spansReset = reachesBack && isResetBetween(first.histogram, second.histogram);
  return lostByResets(points, left, right, spansReset).reduce<NativeHistogram | undefined>(
    (total, lost) => total && addNoted(total, lost, context),
    change,
  );
}

function noteHints(
  points: readonly Point[],
  edges: readonly NativeHistogram[],
  isCounter: boolean,
  metric: () => string,
  context: CallContext,
): void {
  if (isCounter) {
    const isGauge = points.some(({ histogram }) => histogram.resetHint === 'gauge');
    if (isGauge) context.annotate('warn', notCounter(metric()), 0);
  } else if (edges.some(({ resetHint }) => resetHint !== 'gauge')) context.annotate('warn', notGauge(metric()), 0);
}

/**
 * The value at a time between two points; after a reset a counter comes from zero. Undefined for a mix of exponential and
 * custom buckets.
 */
export function histogramBetween(
  a: Point,
  b: Point,
  time: number,
  isCounter: boolean,
  context: Pick<CallContext, 'annotate'>,
): NativeHistogram | undefined {
  if (time === a.time) return a.histogram;
  if (time === b.time) return b.histogram;
  const fraction = (time - a.time) / (b.time - a.time);
  if (isCounter && isResetBetween(a.histogram, b.histogram)) return scaleHistogram(b.histogram, fraction);
  const difference = subtractNoted(b.histogram, a.histogram, context);
  return difference && addNoted(scaleHistogram(difference, fraction), a.histogram, context);
}

/**
 * What each reset between the edges took away. The edges stand for the first and last point; a reset that the left one was
 * interpolated across is in it already.
 */
function lostByResets(
  points: readonly Point[],
  left: NativeHistogram,
  right: NativeHistogram,
  leftSpansReset: boolean,
): readonly NativeHistogram[] {
  const inside = points.slice(leftSpansReset ? 2 : 1, -1).map(({ histogram }) => histogram);
  if (points.length < (leftSpansReset ? 3 : 2)) return [];
  let previous = leftSpansReset ? (points[1] as Point).histogram : left;
  const lost: NativeHistogram[] = [];
  for (const current of [...inside, right]) {
    if (isResetBetween(previous, current)) lost.push(previous);
    previous = current;
  }
  return lost;
}
