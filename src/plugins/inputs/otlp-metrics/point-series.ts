import type { Exemplar } from '#core/model/exemplar.ts';
import { type Labels, NAME_LABEL } from '#core/model/labels.ts';
import { nativeHistogramOf } from './exponential-histogram.ts';
import type {
  ExponentialPoint,
  HistogramPoint,
  NumberPoint,
  OtlpExemplar,
  OtlpPoint,
  SummaryPoint,
} from './export-request.ts';
import { attributeLabels } from './labels.ts';
import type { Translation } from './names.ts';
import { plainDecimal } from './plain-decimal.ts';
import type { SeriesWriter } from './series-writer.ts';

/** What the series of a data point are called. */
export type PointSeries = {
  /** The Prometheus name of the metric. */
  readonly name: string;
  /** Labels of the point and of its resource. */
  readonly labels: Labels;
  readonly translation: Translation;
};

/** Writes the series of one data point, as Prometheus translates it. */
export function writePoint(writer: SeriesWriter, series: PointSeries, point: OtlpPoint): void {
  if (point.t === 0) return writer.reject('bad_time', `${series.name}: the data point has no time`);
  switch (point.kind) {
    case 'number':
      return writeNumber(writer, series, point);
    case 'histogram':
      return writeHistogram(writer, series, point);
    case 'exponential':
      return writeExponential(writer, series, point);
    case 'summary':
      return writeSummary(writer, series, point);
  }
}

function named({ name, labels }: PointSeries, suffix = '', more: Labels = {}): Labels {
  return { ...labels, ...more, [NAME_LABEL]: name + suffix };
}

function writeNumber(writer: SeriesWriter, series: PointSeries, { t, v, hasNoValue, exemplars }: NumberPoint): void {
  if (v === undefined && !hasNoValue) return writer.reject('bad_value', `${series.name}: the data point has no value`);
  const labels = named(series);
  writer.value(labels, t, hasNoValue ? undefined : v);
  for (const exemplar of exemplars) writer.exemplar(labels, exemplarOf(exemplar, series.translation));
}

/** Buckets are cumulative here, and each has a series. */
function writeHistogram(writer: SeriesWriter, series: PointSeries, point: HistogramPoint): void {
  const { t, hasNoValue, bounds, bucketCounts } = point;
  if (bounds.length > 0 && bucketCounts.length > 0 && bucketCounts.length !== bounds.length + 1) {
    const detail = `${bucketCounts.length} bucket counts do not fit ${bounds.length} bounds`;
    return writer.reject('bad_value', `${series.name}: ${detail}`);
  }
  const valueOf = (v: number): number | undefined => (hasNoValue ? undefined : v);
  const bucketOf = (bound: number): Labels => named(series, '_bucket', { le: plainDecimal(bound) });
  let count = 0;
  for (const [i, bound] of bounds.entries()) {
    count += bucketCounts[i] ?? 0;
    if (bound !== Infinity) writer.value(bucketOf(bound), t, valueOf(count));
  }
  writer.value(bucketOf(Infinity), t, valueOf(point.count));
  if (point.sum !== undefined || hasNoValue) writer.value(named(series, '_sum'), t, valueOf(point.sum ?? 0));
  writer.value(named(series, '_count'), t, valueOf(point.count));
  for (const exemplar of point.exemplars) {
    const bound = bounds.find((candidate) => exemplar.v <= candidate) ?? Infinity;
    writer.exemplar(bucketOf(bound), exemplarOf(exemplar, series.translation));
  }
}

function writeExponential(writer: SeriesWriter, series: PointSeries, point: ExponentialPoint): void {
  const histogram = nativeHistogramOf(point);
  if (histogram === undefined) {
    return writer.reject('bad_value', `${series.name}: the scale ${point.scale} is below -4, the coarsest there is`);
  }
  const labels = named(series);
  writer.histogram(labels, point.t, point.hasNoValue ? undefined : histogram);
  for (const exemplar of point.exemplars) writer.exemplar(labels, exemplarOf(exemplar, series.translation));
}

function writeSummary(writer: SeriesWriter, series: PointSeries, point: SummaryPoint): void {
  const { t, hasNoValue, quantiles, sum, count } = point;
  const valueOf = (v: number): number | undefined => (hasNoValue ? undefined : v);
  for (const { quantile, v } of quantiles) {
    writer.value(named(series, '', { quantile: plainDecimal(quantile) }), t, valueOf(v));
  }
  writer.value(named(series, '_sum'), t, valueOf(sum));
  writer.value(named(series, '_count'), t, valueOf(count));
}

function exemplarOf({ attributes, t, v, traceId, spanId }: OtlpExemplar, translation: Translation): Exemplar {
  const trace = { ...(traceId === '' ? {} : { trace_id: traceId }), ...(spanId === '' ? {} : { span_id: spanId }) };
  return { t, v, labels: { ...attributeLabels(attributes, translation), ...trace } };
}
