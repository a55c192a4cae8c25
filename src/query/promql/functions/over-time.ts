import type { NativeHistogram } from '#core/model/histogram.ts';
import type { PromFunction, Window } from '#query/promql/function-def.ts';
import { meanOfHistograms, sumOfHistograms, type Total } from '#query/promql/histogram/index.ts';
import { meanOf, sumOf } from '#query/promql/sum-and-mean.ts';
import {
  boundsReconciled,
  invalidQuantile,
  mixedBucketSchemas,
  mixedFloatsHistograms,
  RESET_COLLISION,
} from './annotation-text.ts';
import { medianDeviation, varianceOfValues } from './over-time-statistics.ts';
import { rangeFunction } from './range-function.ts';
import { quantileOfValues } from './sample-quantile.ts';
import { floatsOf, floatsOnly, histogramsOf, metricOf } from './window-samples.ts';

const EXPERIMENTAL = { experimental: true } as const;

const ofFloats = (
  name: string,
  help: string,
  compute: (values: Float64Array) => number,
  options: Parameters<typeof rangeFunction>[3] = {},
): PromFunction =>
  rangeFunction(
    name,
    help,
    (window, _scalars, context, labels) => {
      const floats = floatsOnly(window, context, labels);
      return floats.length === 0 ? undefined : compute(floats);
    },
    options,
  );

const ofBoth = (
  name: string,
  help: string,
  compute: (values: Float64Array) => number,
  combine: (histograms: readonly NativeHistogram[]) => Total | undefined,
): PromFunction =>
  rangeFunction(name, help, (window, _scalars, context, labels) => {
    if (window.hasFloats && window.hasHistograms) {
      context.annotate('warn', mixedFloatsHistograms(metricOf(labels)), 0);
      return undefined;
    }
    if (!window.hasHistograms) return window.hasFloats ? compute(floatsOf(window)) : undefined;
    const total = combine(histogramsOf(window));
    if (total === undefined) context.annotate('warn', mixedBucketSchemas(metricOf(labels)), 0);
    if (total?.resetCollision === true) context.annotate('warn', RESET_COLLISION, 0);
    if (total?.boundsReconciled === true) context.annotate('info', boundsReconciled('aggregation'), 0);
    return total?.histogram;
  });

type Part = Pick<Window, 'from' | 'to'> & { readonly samples: { readonly v: Float64Array } };

const whole = (v: Float64Array): Part => ({ samples: { v }, from: 0, to: v.length });

function maximum({ samples: { v }, from, to }: Part): number {
  let best = v[from] as number;
  for (let i = from + 1; i < to; i++) {
    const value = v[i] as number;
    if (value > best || Number.isNaN(best)) best = value;
  }
  return best;
}

function minimum({ samples: { v }, from, to }: Part): number {
  let best = v[from] as number;
  for (let i = from + 1; i < to; i++) {
    const value = v[i] as number;
    if (value < best || Number.isNaN(best)) best = value;
  }
  return best;
}

const quantileOverTime = rangeFunction(
  'quantile_over_time',
  'The φ-quantile (0 ≤ φ ≤ 1) of the values in the range.',
  (window, [q = NaN], context, labels) => {
    if (!window.hasFloats) return undefined;
    if (!(q >= 0 && q <= 1)) context.annotate('warn', invalidQuantile(q), 0);
    return quantileOfValues(q, floatsOnly(window, context, labels));
  },
  { args: ['scalar', 'matrix'] },
);

/** Aggregations of the values in a range. */
export const overTimeFunctions: readonly PromFunction[] = [
  ofBoth('avg_over_time', 'The mean of the values in the range.', meanOf, meanOfHistograms),
  ofBoth('sum_over_time', 'The sum of the values in the range.', sumOf, sumOfHistograms),
  ofFloats('min_over_time', 'The least value in the range.', (values) => minimum(whole(values)), {
    ofFloats: minimum,
  }),
  ofFloats('max_over_time', 'The greatest value in the range.', (values) => maximum(whole(values)), {
    ofFloats: maximum,
  }),
  ofFloats('stddev_over_time', 'The population standard deviation of the values in the range.', (values) =>
    Math.sqrt(varianceOfValues(values)),
  ),
  ofFloats('stdvar_over_time', 'The population variance of the values in the range.', varianceOfValues),
  ofFloats('mad_over_time', 'The median absolute deviation of the values in the range.', medianDeviation, EXPERIMENTAL),
  quantileOverTime,
];
