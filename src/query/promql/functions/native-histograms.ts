import type { NativeHistogram } from '#core/model/histogram.ts';
import type { PromFunction } from '#query/promql/function-def.ts';
import { varianceOf } from '#query/promql/histogram/index.ts';

const ofHistogram = (name: string, help: string, compute: (histogram: NativeHistogram) => number): PromFunction => ({
  kind: 'map',
  name,
  help,
  args: ['vector'],
  optional: 0,
  returns: 'vector',
  float: () => undefined,
  histogram: compute,
});

/** Figures of native histograms; floats are left out. */
export const nativeHistogramFunctions: readonly PromFunction[] = [
  ofHistogram('histogram_count', 'The number of observations of a native histogram.', ({ count }) => count),
  ofHistogram('histogram_sum', 'The sum of the observations of a native histogram.', ({ sum }) => sum),
  ofHistogram('histogram_avg', 'The mean of the observations of a native histogram.', ({ sum, count }) => sum / count),
  ofHistogram('histogram_stdvar', 'The estimated variance of the observations of a native histogram.', varianceOf),
  ofHistogram(
    'histogram_stddev',
    'The estimated standard deviation of the observations of a native histogram.',
    (histogram) => Math.sqrt(varianceOf(histogram)),
  ),
];
