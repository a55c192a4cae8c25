import type { BinaryReader } from '@bufbuild/protobuf/wire';
import { AppError, messageOf } from '#core/errors.ts';
import type { Attribute } from '#core/otlp/any-value.ts';
import { Messages, readAttribute } from '#core/otlp/protobuf-message.ts';
import {
  type MetricKind,
  type OtlpMetric,
  type OtlpPoint,
  type ResourceMetrics,
  TEMPORALITIES,
  type Temporality,
} from './export-request.ts';
import { exponentialPointOf, histogramPointOf, numberPointOf, summaryPointOf } from './protobuf-points.ts';

/** Decodes an `ExportMetricsServiceRequest`. Throws `bad_request`. */
export function decodeProtobuf(bytes: Uint8Array): ResourceMetrics[] {
  try {
    const messages = new Messages();
    const resources: ResourceMetrics[] = [];
    messages.read(bytes, { 1: (r) => resources.push(resourceMetricsOf(messages, r.bytes())) });
    return resources;
  } catch (error) {
    const message = `the body is no ExportMetricsServiceRequest in protobuf: ${messageOf(error)}`;
    throw new AppError('bad_request', message, { cause: error });
  }
}

function resourceMetricsOf(messages: Messages, bytes: Uint8Array): ResourceMetrics {
  const attributes: Attribute[] = [];
  const metrics: OtlpMetric[] = [];
  const takeMetric = (r: BinaryReader): void => {
    const metric = metricOf(messages, r.bytes());
    if (metric !== undefined) metrics.push(metric);
  };
  messages.read(bytes, {
    1: (r) => messages.read(r.bytes(), { 1: (inner) => attributes.push(readAttribute(messages, inner)) }),
    2: (r) => messages.read(r.bytes(), { 2: takeMetric }),
  });
  return { attributes, metrics };
}

type MetricData = Pick<OtlpMetric, 'kind' | 'isMonotonic' | 'temporality' | 'points'>;

/** Undefined: it has no data of a known kind. */
function metricOf(messages: Messages, bytes: Uint8Array): OtlpMetric | undefined {
  let name = '';
  let description = '';
  let unit = '';
  let data: MetricData | undefined;
  messages.read(bytes, {
    1: (r) => (name = r.string()),
    2: (r) => (description = r.string()),
    3: (r) => (unit = r.string()),
    5: (r) => (data = dataOf(messages, r.bytes(), 'gauge', numberPointOf)),
    7: (r) => (data = dataOf(messages, r.bytes(), 'sum', numberPointOf)),
    9: (r) => (data = dataOf(messages, r.bytes(), 'histogram', histogramPointOf)),
    10: (r) => (data = dataOf(messages, r.bytes(), 'exponentialHistogram', exponentialPointOf)),
    11: (r) => (data = dataOf(messages, r.bytes(), 'summary', summaryPointOf)),
  });
  return data === undefined ? undefined : { name, description, unit, ...data };
}

/** Gauges and summaries have points only. */
function dataOf(
  messages: Messages,
  bytes: Uint8Array,
  kind: MetricKind,
  pointOf: (messages: Messages, bytes: Uint8Array) => OtlpPoint,
): MetricData {
  const points: OtlpPoint[] = [];
  let temporality: Temporality = kind === 'gauge' || kind === 'summary' ? 'cumulative' : 'unspecified';
  let isMonotonic = false;
  messages.read(bytes, {
    1: (r) => points.push(pointOf(messages, r.bytes())),
    2: (r) => (temporality = TEMPORALITIES[r.int32()] ?? 'unspecified'),
    3: (r) => (isMonotonic = r.bool()),
  });
  return { kind, isMonotonic, temporality, points };
}
