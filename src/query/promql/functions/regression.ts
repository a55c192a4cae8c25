import { AppError } from '#core/errors.ts';
import type { Labels } from '#core/model/labels.ts';
import type { CallContext, PromFunction, Window } from '#query/promql/function-def.ts';
import { KahanSum } from '#query/promql/kahan-sum.ts';
import { ignoredHistograms } from './annotation-text.ts';
import { rangeFunction } from './range-function.ts';
import { floatsOf, metricOf } from './window-samples.ts';

/** The line through samples by least squares: slope per second, value at `origin` (ms). NaN where a value is infinite. */
function leastSquares(times: Float64Array, values: Float64Array, origin: number): { slope: number; intercept: number } {
  const [sumX, sumY, sumXY, sumXX] = [new KahanSum(), new KahanSum(), new KahanSum(), new KahanSum()];
  const first = values[0] as number;
  let isConstant = true;
  for (let i = 0; i < values.length; i++) {
    const y = values[i] as number;
    if (y !== first) isConstant = false;
    const x = ((times[i] as number) - origin) / 1000;
    sumX.add(x);
    sumY.add(y);
    sumXY.add(x * y);
    sumXX.add(x * x);
  }
  if (isConstant) return Math.abs(first) === Infinity ? { slope: NaN, intercept: NaN } : { slope: 0, intercept: first };
  const n = values.length;
  const [x, y, xy, xx] = [sumX, sumY, sumXY, sumXX].map((sum) => sum.rounded + sum.lost) as [
    number,
    number,
    number,
    number,
  ];
  const slope = (xy - (x * y) / n) / (xx - (x * x) / n);
  return { slope, intercept: y / n - (slope * x) / n };
}

/** Times and values of the floats when there are two or more; notes histograms among them. */
function points(
  window: Window,
  context: CallContext,
  labels: Labels,
): { readonly times: Float64Array; readonly values: Float64Array } | undefined {
  if (window.hasFloats && window.hasHistograms) context.annotate('info', ignoredHistograms(metricOf(labels)), 0);
  const values = floatsOf(window);
  if (values.length < 2) return undefined;
  const { samples, from, to } = window;
  const times = samples.t.subarray(from, to);
  if (!window.hasHistograms) return { times, values };
  return { times: times.filter((_, i) => samples.histograms?.[from + i] === undefined), values };
}

const deriv = rangeFunction(
  'deriv',
  'Per-second derivative of a gauge over the range, by linear regression.',
  (window, _scalars, context, labels) => {
    const found = points(window, context, labels);
    return found && leastSquares(found.times, found.values, found.times[0] as number).slope;
  },
);

const predictLinear = rangeFunction(
  'predict_linear',
  'The value of a gauge some seconds from now, by linear regression over the range.',
  (window, [seconds = NaN], context, labels) => {
    const found = points(window, context, labels);
    if (found === undefined) return undefined;
    const { slope, intercept } = leastSquares(found.times, found.values, window.time);
    return slope * seconds + intercept;
  },
  { args: ['matrix', 'scalar'] },
);

function smooth(values: Float64Array, smoothing: number, trending: number): number {
  let before = 0;
  let level = values[0] as number;
  let trend = (values[1] as number) - level;
  for (let i = 1; i < values.length; i++) {
    if (i > 1) trend = trending * (level - before) + (1 - trending) * trend;
    const next = smoothing * (values[i] as number) + (1 - smoothing) * (level + trend);
    before = level;
    level = next;
  }
  return level;
}

function requireFactor(name: 'smoothing' | 'trend', symbol: string, value: number): void {
  if (value <= 0 || value >= 1) {
    throw new AppError('bad_query', `invalid ${name} factor. Expected: 0 < ${symbol} < 1, got: ${value}`);
  }
}

const smoothing = (name: string): PromFunction =>
  rangeFunction(
    name,
    'A smoothed value of the series: smoothing factor, then trend factor, both between 0 and 1.',
    (window, [level = NaN, trend = NaN], context, labels) => {
      requireFactor('smoothing', 'sf', level);
      requireFactor('trend', 'tf', trend);
      const found = points(window, context, labels);
      return found && smooth(found.values, level, trend);
    },
    { args: ['matrix', 'scalar', 'scalar'], experimental: true },
  );

/** Trends and predictions. `holt_winters` is the old name of `double_exponential_smoothing`. */
export const regressionFunctions: readonly PromFunction[] = [
  deriv,
  predictLinear,
  smoothing('double_exponential_smoothing'),
  smoothing('holt_winters'),
];
