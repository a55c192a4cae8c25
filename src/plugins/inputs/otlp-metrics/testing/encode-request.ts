import { BinaryWriter } from '@bufbuild/protobuf/wire';
import type { Attribute } from '#core/otlp/any-value.ts';
import {
  type ExponentialBuckets,
  type OtlpExemplar,
  type OtlpMetric,
  type OtlpPoint,
  type ResourceMetrics,
  TEMPORALITIES,
} from '../export-request.ts';

const KIND_FIELDS = { gauge: 5, sum: 7, histogram: 9, exponentialHistogram: 10, summary: 11 } as const;
/** Fields of points whose numbers differ by kind. */
const FIELDS = {
  number: { attributes: 7, flags: 8, exemplars: 5 },
  histogram: { attributes: 9, flags: 10, exemplars: 8 },
  exponential: { attributes: 1, flags: 10, exemplars: 11 },
  summary: { attributes: 7, flags: 8, exemplars: 0 },
} as const;

/** An `ExportMetricsServiceRequest` in protobuf; attribute values as strings. */
export function encodeProtobuf(resources: readonly ResourceMetrics[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const { attributes, metrics } of resources) {
    writer.tag(1, 2).fork().tag(1, 2).fork();
    writeAttributes(writer, 1, attributes);
    writer.join().tag(2, 2).fork();
    for (const metric of metrics) writeMetric(writer, metric);
    writer.join().join();
  }
  return writer.finish();
}

function writeMetric(writer: BinaryWriter, metric: OtlpMetric): void {
  writer.tag(2, 2).fork();
  writer.tag(1, 2).string(metric.name).tag(2, 2).string(metric.description).tag(3, 2).string(metric.unit);
  writer.tag(KIND_FIELDS[metric.kind], 2).fork();
  for (const point of metric.points) writePoint(writer, point);
  if (metric.kind !== 'gauge' && metric.kind !== 'summary') {
    writer.tag(2, 0).int32(TEMPORALITIES.indexOf(metric.temporality));
  }
  if (metric.kind === 'sum') writer.tag(3, 0).bool(metric.isMonotonic);
  writer.join().join();
}

function writePoint(writer: BinaryWriter, point: OtlpPoint): void {
  const fields = FIELDS[point.kind];
  writer.tag(1, 2).fork().tag(3, 1).fixed64(nanoseconds(point.t));
  writeAttributes(writer, fields.attributes, point.attributes);
  writer.tag(fields.flags, 0).uint32(point.hasNoValue ? 1 : 0);
  if (point.kind !== 'summary') for (const one of point.exemplars) writeExemplar(writer, fields.exemplars, one);
  if (point.kind === 'number') {
    if (point.v !== undefined) writer.tag(4, 1).double(point.v);
  } else {
    writer.tag(4, 1).fixed64(BigInt(point.count));
    if (point.sum !== undefined) writer.tag(5, 1).double(point.sum);
  }
  if (point.kind === 'histogram') {
    writer.tag(6, 2).fork();
    for (const count of point.bucketCounts) writer.fixed64(BigInt(count));
    writer.join();
    for (const bound of point.bounds) writer.tag(7, 1).double(bound);
  } else if (point.kind === 'exponential') {
    writer
      .tag(6, 0)
      .sint32(point.scale)
      .tag(7, 1)
      .fixed64(BigInt(point.zeroCount))
      .tag(14, 1)
      .double(point.zeroThreshold);
    writeBuckets(writer.tag(8, 2), point.positive);
    writeBuckets(writer.tag(9, 2), point.negative);
  } else if (point.kind === 'summary') {
    for (const { quantile, v } of point.quantiles) {
      writer.tag(6, 2).fork().tag(1, 1).double(quantile).tag(2, 1).double(v).join();
    }
  }
  writer.join();
}

function writeBuckets(writer: BinaryWriter, { offset, counts }: ExponentialBuckets): void {
  writer.fork().tag(1, 0).sint32(offset).tag(2, 2).fork();
  for (const count of counts) writer.uint64(count);
  writer.join().join();
}

function writeExemplar(writer: BinaryWriter, field: number, { attributes, t, v, traceId, spanId }: OtlpExemplar): void {
  writer.tag(field, 2).fork().tag(2, 1).fixed64(nanoseconds(t)).tag(3, 1).double(v);
  writer.tag(4, 2).bytes(Buffer.from(spanId, 'hex')).tag(5, 2).bytes(Buffer.from(traceId, 'hex'));
  writeAttributes(writer, 7, attributes);
  writer.join();
}

function writeAttributes(writer: BinaryWriter, field: number, attributes: readonly Attribute[]): void {
  for (const [key, value] of attributes) {
    writer.tag(field, 2).fork().tag(1, 2).string(key).tag(2, 2).fork().tag(1, 2).string(value).join().join();
  }
}

/** The same request in OTLP's JSON. */
export function encodeJson(resources: readonly ResourceMetrics[]): Uint8Array {
  const resourceMetrics = resources.map(({ attributes, metrics }) => ({
    resource: { attributes: attributes.map(keyValue) },
    scopeMetrics: [{ scope: { name: 'test' }, metrics: metrics.map(jsonMetric) }],
  }));
  return Buffer.from(JSON.stringify({ resourceMetrics }));
}

function jsonMetric({ name, description, unit, kind, isMonotonic, temporality, points }: OtlpMetric): object {
  const data = {
    dataPoints: points.map(jsonPoint),
    aggregationTemporality: TEMPORALITIES.indexOf(temporality),
    isMonotonic,
  };
  return { name, description, unit, [kind]: data };
}

function jsonPoint(point: OtlpPoint): object {
  const base = {
    attributes: point.attributes.map(keyValue),
    timeUnixNano: String(nanoseconds(point.t)),
    flags: point.hasNoValue ? 1 : 0,
    ...(point.kind === 'summary' ? {} : { exemplars: point.exemplars.map(jsonExemplar) }),
  };
  if (point.kind === 'number') return { ...base, asDouble: jsonDouble(point.v) };
  const totals = { ...base, count: String(point.count), sum: jsonDouble(point.sum) };
  if (point.kind === 'histogram') {
    return { ...totals, bucketCounts: point.bucketCounts.map(String), explicitBounds: point.bounds.map(jsonDouble) };
  }
  if (point.kind === 'summary') {
    return {
      ...totals,
      quantileValues: point.quantiles.map(({ quantile, v }) => ({ quantile, value: jsonDouble(v) })),
    };
  }
  const { scale, zeroCount, zeroThreshold, positive, negative } = point;
  const buckets = { positive: jsonBuckets(positive), negative: jsonBuckets(negative) };
  return { ...totals, scale, zeroCount: String(zeroCount), zeroThreshold, ...buckets };
}

function jsonBuckets({ offset, counts }: ExponentialBuckets): object {
  return { offset, bucketCounts: counts.map(String) };
}

function jsonExemplar({ attributes, t, v, traceId, spanId }: OtlpExemplar): object {
  const filteredAttributes = attributes.map(keyValue);
  return { filteredAttributes, timeUnixNano: String(nanoseconds(t)), asDouble: jsonDouble(v), traceId, spanId };
}

function keyValue([key, stringValue]: Attribute): object {
  return { key, value: { stringValue } };
}

function jsonDouble(v: number | undefined): number | string | undefined {
  return v === undefined || Number.isFinite(v) ? v : String(v);
}

function nanoseconds(t: number): bigint {
  return BigInt(t) * 1_000_000n;
}
