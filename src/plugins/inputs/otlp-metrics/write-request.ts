import { NAME_LABEL } from '#core/model/labels.ts';
import type { MetricType } from '#core/model/metric-metadata.ts';
import type { SampleWriter } from '#core/plugin/input.ts';
import type { OtlpMetric, ResourceMetrics } from './export-request.ts';
import { attributeLabels, clean, type ResourceLabels, resourceLabels } from './labels.ts';
import { metricName, type NamedKind, type Translation, unitName } from './names.ts';
import { writePoint } from './point-series.ts';
import { SeriesWriter } from './series-writer.ts';

const TARGET_INFO = 'target_info';

/** Writes what a request holds; the position of a record is that of its data point in the request, from 1. */
export function writeRequest(
  resources: readonly ResourceMetrics[],
  writer: SampleWriter,
  translation: Translation,
): void {
  const series = new SeriesWriter(writer);
  for (const { attributes, metrics } of resources) {
    const resource = resourceLabels(attributes, translation);
    for (const metric of metrics) writeMetric(metric, { series, resource, translation });
    writeTargetInfo(series, resource, metrics);
  }
}

type Context = { readonly series: SeriesWriter; readonly resource: ResourceLabels; readonly translation: Translation };

function writeMetric(metric: OtlpMetric, { series, resource, translation }: Context): void {
  const named = { name: clean(metric.name), unit: metric.unit, kind: namedKindOf(metric) };
  const name = metricName(named, translation);
  const problem = problemOf(metric, name);
  for (const point of metric.points) {
    series.nextPoint();
    if (problem !== undefined) {
      series.reject(name === '' ? 'bad_key' : 'bad_value', problem);
      continue;
    }
    const labels = { ...resource.standard, ...attributeLabels(point.attributes, translation), ...resource.target };
    writePoint(series, { name, labels, translation }, point);
  }
  if (problem !== undefined || metric.points.length === 0) return;
  series.metadata({ metric: name, type: typeOf(metric), unit: unitName(metric.unit), help: metric.description });
}

/** Why all points of a metric are refused. */
function problemOf({ name, temporality }: OtlpMetric, translated: string): string | undefined {
  if (translated === '') return `the metric name ${JSON.stringify(name)} holds nothing that can be a name`;
  if (temporality === 'cumulative') return undefined;
  const advice = 'send cumulative values, or let the OpenTelemetry collector make them (processor "deltatocumulative")';
  return `${name}: its temporality is ${temporality}: ${advice}`;
}

function namedKindOf({ kind, isMonotonic }: OtlpMetric): NamedKind {
  if (kind === 'gauge') return 'gauge';
  return kind === 'sum' && isMonotonic ? 'counter' : 'other';
}

function typeOf({ kind, isMonotonic }: OtlpMetric): MetricType {
  switch (kind) {
    case 'gauge':
      return 'gauge';
    case 'sum':
      return isMonotonic ? 'counter' : 'gauge';
    case 'histogram':
    case 'exponentialHistogram':
      return 'histogram';
    case 'summary':
      return 'summary';
  }
}

/** The attributes of a resource, as labels of a series that is always 1 (OpenTelemetry, "Resource Attributes" in Prometheus). */
function writeTargetInfo(series: SeriesWriter, { info }: ResourceLabels, metrics: readonly OtlpMetric[]): void {
  if (info === undefined) return;
  let latest = 0;
  for (const { points } of metrics) for (const { t } of points) latest = Math.max(latest, t);
  if (latest === 0) return;
  series.value({ ...info, [NAME_LABEL]: TARGET_INFO }, latest, 1);
  series.metadata({ metric: TARGET_INFO, type: 'gauge', unit: '', help: 'Target metadata' });
}
