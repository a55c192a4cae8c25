import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { type Buckets, type NativeHistogram, RESET_HINTS } from '#core/model/histogram.ts';
import type { Labels } from '#core/model/labels.ts';
import { Turn } from '#query/graphite/turn.ts';
import type { SourceSeries } from '#query/promql/source.ts';

/** A ReadResponse (prometheus/prompb/remote.proto): one QueryResult for each query. */
export async function encodeReadResponse(results: readonly (readonly SourceSeries[])[]): Promise<Uint8Array> {
  const writer = new BinaryWriter();
  const turn = new Turn();
  for (const series of results) {
    writer.tag(1, WireType.LengthDelimited).fork();
    for (const one of series) {
      writer.tag(1, WireType.LengthDelimited).fork();
      writeSeries(writer, one);
      writer.join();
      await turn.pass();
    }
    writer.join();
  }
  return writer.finish();
}

function writeSeries(writer: BinaryWriter, { labels, samples }: SourceSeries): void {
  writeLabels(writer, labels);
  const { t, v, histograms } = samples;
  // As bits, so that stale markers stay what they are.
  const bits = new BigUint64Array(v.buffer, v.byteOffset, v.length);
  for (let i = 0; i < t.length; i++) {
    const histogram = histograms?.[i];
    writer.tag(histogram === undefined ? 2 : 4, WireType.LengthDelimited).fork();
    if (histogram === undefined) {
      writer.tag(1, WireType.Bit64).fixed64(bits[i] as bigint);
      writer.tag(2, WireType.Varint).int64(t[i] as number);
    } else writeHistogram(writer, histogram, t[i] as number);
    writer.join();
  }
}

/** Labels of a series as fields 1, in the order of their names. */
export function writeLabels(writer: BinaryWriter, labels: Labels): void {
  for (const name of Object.keys(labels).toSorted()) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(name);
    writer.tag(2, WireType.LengthDelimited).string(labels[name] ?? '');
    writer.join();
  }
}

/** A Histogram with float counts (prometheus/prompb/types.proto). */
function writeHistogram(writer: BinaryWriter, histogram: NativeHistogram, t: number): void {
  writer.tag(2, WireType.Bit64).double(histogram.count);
  writer.tag(3, WireType.Bit64).double(histogram.sum);
  writer.tag(4, WireType.Varint).sint32(histogram.schema);
  writer.tag(5, WireType.Bit64).double(histogram.zeroThreshold);
  writer.tag(7, WireType.Bit64).double(histogram.zeroCount);
  writeBuckets(writer, histogram.negative, { spans: 8, counts: 10 });
  writeBuckets(writer, histogram.positive, { spans: 11, counts: 13 });
  writer.tag(14, WireType.Varint).int32(RESET_HINTS.indexOf(histogram.resetHint));
  writer.tag(15, WireType.Varint).int64(t);
  writeDoubles(writer, 16, histogram.customValues);
}

function writeBuckets(
  writer: BinaryWriter,
  { spans, counts }: Buckets,
  fields: { readonly spans: number; readonly counts: number },
): void {
  for (const { offset, length } of spans) {
    writer.tag(fields.spans, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.Varint).sint32(offset);
    writer.tag(2, WireType.Varint).uint32(length);
    writer.join();
  }
  writeDoubles(writer, fields.counts, counts);
}

function writeDoubles(writer: BinaryWriter, field: number, values: Float64Array): void {
  if (values.length === 0) return;
  writer.tag(field, WireType.LengthDelimited).fork();
  for (const value of values) writer.double(value);
  writer.join();
}
