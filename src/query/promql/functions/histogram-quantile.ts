import type { CallContext, PromFunction } from '#query/promql/function-def.ts';
import { fractionOf, quantileOf } from '#query/promql/histogram/index.ts';
import { formatOpenMetrics } from '#query/promql/number-text.ts';
import type { Value, VectorSeries } from '#query/promql/value.ts';
import {
  forcedMonotonicity,
  fractionHasNaNs,
  invalidQuantile,
  quantileIsNaN,
  quantileIsSkewed,
} from './annotation-text.ts';
import { scalarArg, textArg, vectorArg } from './arguments.ts';
import { classicFraction, classicQuantile } from './classic-buckets.ts';
import { floatSeries, found } from './float-series.ts';
import { groupHistograms, type HistogramGroup, histogramAt } from './histogram-groups.ts';
import { metricOf } from './window-samples.ts';
import { withLabel } from './with-label.ts';

/** The quantile of a group at each step; `argument` is the place of the vector, for annotations. */
function quantileSeries(
  group: HistogramGroup,
  quantiles: Float64Array,
  context: CallContext,
  argument: number,
): VectorSeries | undefined {
  const metric = metricOf(group.labels);
  return floatSeries({ labels: group.labels, dropName: true }, context.steps.count, (i) => {
    const q = quantiles[i] as number;
    const histogram = histogramAt(group, i, context, argument);
    if (histogram === undefined) return undefined;
    if ('classic' in histogram) {
      const { value, forcedMonotonicity: forced } = classicQuantile(q, histogram.classic);
      if (forced) context.annotate('info', forcedMonotonicity(metric), argument);
      return value;
    }
    const { value, nan } = quantileOf(histogram.native, q);
    if (nan === 'result') context.annotate('info', quantileIsNaN(metric), argument);
    if (nan === 'skew') context.annotate('info', quantileIsSkewed(metric), argument);
    return value;
  });
}

function noteInvalid(quantiles: Float64Array, context: CallContext, argument: number): void {
  for (const q of new Set(quantiles)) {
    if (!(q >= 0 && q <= 1)) context.annotate('warn', invalidQuantile(q), argument);
  }
}

const histogramQuantile: PromFunction = {
  kind: 'whole',
  name: 'histogram_quantile',
  partWithout: ['le'],
  help: 'The φ-quantile (0 ≤ φ ≤ 1) of a classic histogram, by its buckets, or of a native histogram.',
  args: ['scalar', 'vector'],
  optional: 0,
  returns: 'vector',
  evaluate: (args, context) => {
    const quantiles = scalarArg(args, 0);
    noteInvalid(quantiles, context, 0);
    const groups = groupHistograms(vectorArg(args, 1), context, 1);
    return { kind: 'vector', series: found(groups.map((group) => quantileSeries(group, quantiles, context, 1))) };
  },
};

const MAX_QUANTILES = 10;

const histogramQuantiles: PromFunction = {
  kind: 'whole',
  name: 'histogram_quantiles',
  partWithout: ['le'],
  help: 'One to ten φ-quantiles of classic or native histograms, each with its φ in a label.',
  args: ['vector', 'string', ...Array.from({ length: MAX_QUANTILES }, () => 'scalar' as const)],
  optional: MAX_QUANTILES - 1,
  returns: 'vector',
  experimental: true,
  evaluate: (args, context) => {
    const label = textArg(args, 1);
    const groups = groupHistograms(vectorArg(args, 0), context, 0);
    const series = args.slice(2).flatMap((_, i) => quantilesAt(args, i + 2, label, groups, context));
    return { kind: 'vector', series };
  },
};

function quantilesAt(
  args: readonly Value[],
  argument: number,
  label: string,
  groups: readonly HistogramGroup[],
  context: CallContext,
): readonly VectorSeries[] {
  const quantiles = scalarArg(args, argument);
  noteInvalid(quantiles, context, argument);
  return found(groups.map((group) => quantileSeries(group, quantiles, context, 0))).flatMap((series) =>
    withQuantileLabel(series, label, quantiles),
  );
}

/** A quantile that varies over the steps makes a series for each of its values. */
function withQuantileLabel(series: VectorSeries, label: string, quantiles: Float64Array): readonly VectorSeries[] {
  const texts = Array.from(quantiles, formatOpenMetrics);
  return found(
    [...new Set(texts)].map((text) =>
      floatSeries({ ...series, labels: withLabel(series.labels, label, text) }, texts.length, (i) =>
        texts[i] === text && series.present[i] === 1 ? series.values[i] : undefined,
      ),
    ),
  );
}

const histogramFraction: PromFunction = {
  kind: 'whole',
  name: 'histogram_fraction',
  partWithout: ['le'],
  help: 'The share of observations of a classic or native histogram between a lower and an upper bound.',
  args: ['scalar', 'scalar', 'vector'],
  optional: 0,
  returns: 'vector',
  evaluate: (args, context) => {
    const [lower, upper] = [scalarArg(args, 0), scalarArg(args, 1)];
    const groups = groupHistograms(vectorArg(args, 2), context, 2);
    const series = groups.map((group) =>
      floatSeries({ labels: group.labels, dropName: true }, context.steps.count, (i) => {
        const histogram = histogramAt(group, i, context, 2);
        if (histogram === undefined) return undefined;
        const [from, to] = [lower[i] as number, upper[i] as number];
        if ('classic' in histogram) return classicFraction(from, to, histogram.classic);
        const { value, hasNaNs } = fractionOf(histogram.native, from, to);
        if (hasNaNs) context.annotate('info', fractionHasNaNs(metricOf(group.labels)), 2);
        return value;
      }),
    );
    return { kind: 'vector', series: found(series) };
  },
};

/** Quantiles and shares of classic and native histograms. */
export const histogramQuantileFunctions: readonly PromFunction[] = [
  histogramQuantile,
  histogramQuantiles,
  histogramFraction,
];
