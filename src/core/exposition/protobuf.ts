import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { Labels } from '../model/labels.ts';
import type { MetricType } from '../model/metric-metadata.ts';
import {
  type ExposedExemplar,
  type ExposedSeries,
  type Exposition,
  ExpositionError,
  type HistogramReading,
  newExposition,
} from './exposition.ts';
import { openMetricsNumber } from './number-text.ts';
import { type ProtobufHistogram, readHistogram } from './protobuf-histogram.ts';
import { number64, readExemplar, readLabelPair, readTimestamp } from './protobuf-parts.ts';

/** `io.prometheus.client.MetricType` by number. */
const TYPES: readonly MetricType[] = ['counter', 'gauge', 'summary', 'unknown', 'histogram', 'gaugehistogram'];

type Target = { readonly out: Exposition; readonly histograms: HistogramReading };

type Metric = {
  labels: Labels;
  t: number | undefined;
  /** Of a counter, gauge or untyped metric. */
  value: number | undefined;
  exemplar: ExposedExemplar | undefined;
  created: number | undefined;
  summary: Summary | undefined;
  histogram: ProtobufHistogram | undefined;
};

type Summary = { count: number; sum: number; readonly quantiles: { q: number; v: number }[] };

/** Reads length-delimited messages `io.prometheus.client.MetricFamily`. Throws {@link ExpositionError}. */
export function parseProtobuf(body: Uint8Array, histograms: HistogramReading = 'native'): Exposition {
  const out = newExposition();
  const reader = new BinaryReader(body);
  try {
    while (reader.pos < reader.len) readFamily(reader, reader.uint32(), { out, histograms });
  } catch (error) {
    if (error instanceof ExpositionError) throw error;
    throw new ExpositionError(0, `the protobuf message is malformed near byte ${reader.pos}`);
  }
  return out;
}

function readFamily(reader: BinaryReader, length: number, { out, histograms }: Target): void {
  const end = reader.pos + length;
  if (end > reader.len) throw new ExpositionError(0, 'the body ends within a message');
  const family = { name: '', help: '', type: 'unknown' as MetricType, unit: '' };
  const metrics: Metric[] = [];
  while (reader.pos < end) {
    const [field, wire] = reader.tag();
    if (field === 1) family.name = reader.string();
    else if (field === 2) family.help = reader.string();
    else if (field === 3) family.type = TYPES[reader.int32()] ?? 'unknown';
    else if (field === 4) metrics.push(readMetric(reader, reader.uint32()));
    else if (field === 5) family.unit = reader.string();
    else reader.skip(wire);
  }
  if (family.name === '') throw new ExpositionError(0, 'a metric family has no name');
  out.metadata.push({ metric: family.name, type: family.type, unit: family.unit, help: family.help });
  for (const metric of metrics) addMetric(family.name, metric, { out, histograms });
}

function readMetric(reader: BinaryReader, length: number): Metric {
  const end = reader.pos + length;
  const labels = Object.create(null) as Record<string, string>;
  const metric: Metric = {
    ...{ labels, t: undefined, value: undefined, exemplar: undefined, created: undefined },
    ...{ summary: undefined, histogram: undefined },
  };
  while (reader.pos < end) {
    const [field, wire] = reader.tag();
    if (field === 1) readLabelPair(reader, reader.uint32(), labels);
    else if (field === 2 || field === 3 || field === 5) readSimple(reader, reader.uint32(), metric);
    else if (field === 4) metric.summary = readSummary(reader, reader.uint32(), metric);
    else if (field === 6) metric.t = number64(reader.int64());
    else if (field === 7) metric.histogram = readHistogram(reader, reader.uint32());
    else reader.skip(wire);
  }
  return metric;
}

/** Gauge, Counter and Untyped: the value is field 1 of each. */
function readSimple(reader: BinaryReader, length: number, metric: Metric): void {
  const end = reader.pos + length;
  metric.value = 0;
  while (reader.pos < end) {
    const [field, wire] = reader.tag();
    if (field === 1 && wire === WireType.Bit64) metric.value = reader.double();
    else if (field === 2) metric.exemplar = readExemplar(reader, reader.uint32());
    else if (field === 3) metric.created = readTimestamp(reader, reader.uint32());
    else reader.skip(wire);
  }
}

function readSummary(reader: BinaryReader, length: number, metric: Metric): Summary {
  const end = reader.pos + length;
  const summary: Summary = { count: 0, sum: 0, quantiles: [] };
  while (reader.pos < end) {
    const [field, wire] = reader.tag();
    if (field === 1) summary.count = number64(reader.uint64());
    else if (field === 2) summary.sum = reader.double();
    else if (field === 3) summary.quantiles.push(readQuantile(reader, reader.uint32()));
    else if (field === 4) metric.created = readTimestamp(reader, reader.uint32());
    else reader.skip(wire);
  }
  return summary;
}

function readQuantile(reader: BinaryReader, length: number): { q: number; v: number } {
  const end = reader.pos + length;
  const quantile = { q: 0, v: 0 };
  while (reader.pos < end) {
    const [field, wire] = reader.tag();
    if (field === 1) quantile.q = reader.double();
    else if (field === 2) quantile.v = reader.double();
    else reader.skip(wire);
  }
  return quantile;
}

function addMetric(name: string, metric: Metric, target: Target): void {
  const { labels, t, value, exemplar, summary, histogram } = metric;
  const { out } = target;
  const series: ExposedSeries = { name, labels, numberLabel: undefined };
  const add: Add = (suffix, v, extra = {}) => {
    const own: ExposedSeries = { name: name + suffix, labels, numberLabel: undefined };
    const { number, exemplar: star } = extra;
    out.samples.push({ series: number === undefined ? own : withNumber(own, number), v, t, exemplar: star });
  };
  if (value !== undefined) add('', value, { exemplar });
  if (summary !== undefined) {
    for (const { q, v } of summary.quantiles) add('', v, { number: ['quantile', q] });
    add('_sum', summary.sum);
    add('_count', summary.count);
  }
  if (histogram !== undefined) {
    const { native, exemplars } = histogram;
    const isNative = native !== undefined && target.histograms !== 'classic';
    if (isNative) out.histograms.push({ series, t, histogram: native, exemplars });
    if (!isNative || target.histograms === 'both') addClassic(histogram, add);
  }
  const created = metric.created ?? histogram?.created;
  if (created !== undefined) out.created.push({ series, t: created });
}

type Add = (
  suffix: string,
  v: number,
  extra?: {
    readonly number?: readonly ['le' | 'quantile', number];
    readonly exemplar?: ExposedExemplar | undefined;
  },
) => void;

function addClassic({ buckets, count, sum }: ProtobufHistogram, add: Add): void {
  for (const { bound, count: v, exemplar } of buckets) add('_bucket', v, { number: ['le', bound], exemplar });
  const last = buckets.at(-1)?.bound;
  if (last !== Number.POSITIVE_INFINITY) add('_bucket', count, { number: ['le', Number.POSITIVE_INFINITY] });
  add('_sum', sum);
  add('_count', count);
}

function withNumber(
  { name, labels }: ExposedSeries,
  [numberLabel, value]: readonly ['le' | 'quantile', number],
): ExposedSeries {
  return { name, labels: { ...labels, [numberLabel]: openMetricsNumber(value) }, numberLabel };
}
