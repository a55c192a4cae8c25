import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { compress } from 'snappyjs';
import { METRIC_TYPES, type MetricMetadata } from '#core/model/metric-metadata.ts';

export type TestLabels = readonly (readonly [name: string, value: string])[];
export type TestSpan = readonly [offset: number, length: number];

/** A `Histogram` message; `deltas` make an integer histogram, `counts` a float one. */
export type TestHistogram = {
  readonly t: number;
  readonly schema: number;
  readonly count: number;
  readonly sum: number | 'stale';
  readonly zeroThreshold?: number;
  readonly zeroCount?: number;
  readonly resetHint?: number;
  readonly positive?: TestSide;
  readonly negative?: TestSide;
  readonly customValues?: readonly number[];
};
export type TestSide = {
  readonly spans: readonly TestSpan[];
  readonly deltas?: readonly number[];
  readonly counts?: readonly number[];
};

export type TestSeries = {
  readonly labels: TestLabels;
  readonly samples?: readonly (readonly [t: number, v: number | 'stale'])[];
  readonly histograms?: readonly TestHistogram[];
  readonly exemplars?: readonly { readonly labels: TestLabels; readonly v: number; readonly t: number }[];
  /** Of the series in 2.0. */
  readonly metadata?: Omit<MetricMetadata, 'metric'>;
};
export type TestRequest = { readonly series: readonly TestSeries[]; readonly metadata?: readonly MetricMetadata[] };

/** A request of remote write 1.0, compressed. */
export function encodeRequest1(request: TestRequest): Uint8Array {
  const writer = new BinaryWriter();
  for (const { labels, samples = [], exemplars = [], histograms = [] } of request.series) {
    writer.tag(1, 2).fork();
    for (const label of labels) writeLabel(writer, label);
    for (const sample of samples) writeSample(writer, sample);
    for (const exemplar of exemplars) {
      writer.tag(3, 2).fork();
      for (const label of exemplar.labels) writeLabel(writer, label);
      writer.tag(2, 1).double(exemplar.v).tag(3, 0).int64(exemplar.t).join();
    }
    for (const histogram of histograms) writeHistogram(writer.tag(4, 2), histogram);
    writer.join();
  }
  for (const { type, metric, help, unit } of request.metadata ?? []) {
    writer.tag(3, 2).fork().tag(1, 0).int32(METRIC_TYPES.indexOf(type));
    writer.tag(2, 2).string(metric).tag(4, 2).string(help).tag(5, 2).string(unit).join();
  }
  return compress(writer.finish());
}

/** A request of remote write 2.0, compressed. */
export function encodeRequest2(request: TestRequest): Uint8Array {
  const symbols = [''];
  const refs = new Map([['', 0]]);
  const ref = (text: string): number => {
    const known = refs.get(text);
    if (known !== undefined) return known;
    refs.set(text, symbols.length);
    return symbols.push(text) - 1;
  };
  const series = new BinaryWriter();
  for (const one of request.series) writeSeries2(series, one, ref);
  const writer = new BinaryWriter();
  for (const symbol of symbols) writer.tag(4, 2).string(symbol);
  return compress(Buffer.concat([writer.finish(), series.finish()]));
}

function writeSeries2(writer: BinaryWriter, series: TestSeries, ref: (text: string) => number): void {
  const { labels, samples = [], exemplars = [], histograms = [], metadata } = series;
  writer.tag(5, 2).fork();
  writeRefs(writer, labels, ref);
  for (const sample of samples) writeSample(writer, sample);
  for (const histogram of histograms) writeHistogram(writer.tag(3, 2), histogram);
  for (const exemplar of exemplars) {
    writer.tag(4, 2).fork();
    writeRefs(writer, exemplar.labels, ref);
    writer.tag(2, 1).double(exemplar.v).tag(3, 0).int64(exemplar.t).join();
  }
  if (metadata !== undefined) {
    writer.tag(5, 2).fork().tag(1, 0).int32(METRIC_TYPES.indexOf(metadata.type));
    writer.tag(3, 0).uint32(ref(metadata.help)).tag(4, 0).uint32(ref(metadata.unit)).join();
  }
  writer.join();
}

function writeRefs(writer: BinaryWriter, labels: TestLabels, ref: (text: string) => number): void {
  writer.tag(1, 2).fork();
  for (const [name, value] of labels) writer.uint32(ref(name)).uint32(ref(value));
  writer.join();
}

function writeLabel(writer: BinaryWriter, [name, value]: readonly [string, string]): void {
  writer.tag(1, 2).fork().tag(1, 2).string(name).tag(2, 2).string(value).join();
}

function writeSample(writer: BinaryWriter, [t, v]: readonly [number, number | 'stale']): void {
  writer.tag(2, 2).fork().tag(1, 1);
  writer.raw(doubleBytes(v)).tag(2, 0).int64(t).join();
}

function doubleBytes(v: number | 'stale'): Uint8Array {
  if (v === 'stale') return Uint8Array.from([2, 0, 0, 0, 0, 0, 0xf0, 0x7f]);
  return new Uint8Array(Float64Array.of(v).buffer);
}

function writeHistogram(writer: BinaryWriter, histogram: TestHistogram): void {
  const { positive = { spans: [] }, negative = { spans: [] } } = histogram;
  const isFloat = positive.counts !== undefined || negative.counts !== undefined;
  writer.fork();
  if (isFloat) writer.tag(2, 1).double(histogram.count);
  else writer.tag(1, 0).uint64(histogram.count);
  writer.tag(3, 1).raw(doubleBytes(histogram.sum)).tag(4, 0).sint32(histogram.schema);
  writer.tag(5, 1).double(histogram.zeroThreshold ?? 0);
  if (isFloat) writer.tag(7, 1).double(histogram.zeroCount ?? 0);
  else writer.tag(6, 0).uint64(histogram.zeroCount ?? 0);
  writeSide(writer, negative, 8);
  writeSide(writer, positive, 11);
  writer
    .tag(14, 0)
    .int32(histogram.resetHint ?? 0)
    .tag(15, 0)
    .int64(histogram.t);
  writer.tag(16, 2).fork();
  for (const bound of histogram.customValues ?? []) writer.double(bound);
  writer.join().join();
}

function writeSide(writer: BinaryWriter, { spans, deltas = [], counts = [] }: TestSide, field: number): void {
  for (const [offset, length] of spans) {
    writer.tag(field, 2).fork().tag(1, 0).sint32(offset).tag(2, 0).uint32(length).join();
  }
  writer.tag(field + 1, 2).fork();
  for (const delta of deltas) writer.sint64(delta);
  writer
    .join()
    .tag(field + 2, 2)
    .fork();
  for (const count of counts) writer.double(count);
  writer.join();
}
