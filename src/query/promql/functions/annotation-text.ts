import { formatShort } from '#query/promql/number-text.ts';

const named = (text: string, metric: string): string =>
  metric === '' ? text : `${text} for metric name ${JSON.stringify(metric)}`;

export const mixedFloatsHistograms = (metric: string): string =>
  `PromQL warning: encountered a mix of histograms and floats for metric name ${JSON.stringify(metric)}`;

export const notCounter = (metric: string): string =>
  `PromQL warning: this native histogram metric is not a counter: ${JSON.stringify(metric)}`;

export const notGauge = (metric: string): string =>
  `PromQL warning: this native histogram metric is not a gauge: ${JSON.stringify(metric)}`;

export const mixedBucketSchemas = (metric: string): string =>
  `PromQL warning: vector contains a mix of histograms with exponential and custom buckets schemas for metric name ${JSON.stringify(metric)}`;

export const mixedClassicNative = (metric: string): string =>
  named('PromQL warning: vector contains a mix of classic and native histograms', metric);

export const badBucketLabel = (metric: string, value: string): string =>
  named(`PromQL warning: bucket label "le" is missing or has a malformed value of ${JSON.stringify(value)}`, metric);

export const invalidQuantile = (q: number): string =>
  `PromQL warning: quantile value should be between 0 and 1, got ${formatShort(q)}`;

export const SORT_IN_RANGE =
  'PromQL warning: sort is ineffective for range queries since results are always ordered by labels';

export const RESET_COLLISION = 'PromQL warning: conflicting counter resets during histogram aggregation';

export const boundsReconciled = (during: 'addition' | 'subtraction' | 'aggregation'): string =>
  `PromQL info: mismatched custom buckets were reconciled during ${during}`;

export const possiblyNoCounter = (metric: string): string =>
  `PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${JSON.stringify(metric)}`;

export const ignoredHistograms = (metric: string): string =>
  `PromQL info: ignored histograms in a range containing both floats and histograms for metric name ${JSON.stringify(metric)}`;

export const forcedMonotonicity = (metric: string): string =>
  named(
    'PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)',
    metric,
  );

export const quantileIsNaN = (metric: string): string =>
  named('PromQL info: input to histogram_quantile has NaN observations, result is NaN', metric);

export const quantileIsSkewed = (metric: string): string =>
  named('PromQL info: input to histogram_quantile has NaN observations, result is skewed higher', metric);

export const fractionHasNaNs = (metric: string): string =>
  named('PromQL info: input to histogram_fraction has NaN observations, which are excluded from all fractions', metric);
