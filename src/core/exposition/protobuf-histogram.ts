import { type BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { BucketSpan, Buckets, NativeHistogram } from '../model/histogram.ts';
import { type ExposedExemplar, ExpositionError } from './exposition.ts';
import { number64, readExemplar, readTimestamp } from './protobuf-parts.ts';

/** A message `Histogram`: its classic buckets and, when it has one, the native histogram. */
export type ProtobufHistogram = {
  readonly count: number;
  readonly sum: number;
  readonly buckets: readonly { bound: number; count: number; exemplar: ExposedExemplar | undefined }[];
  readonly native: NativeHistogram | undefined;
  readonly exemplars: readonly ExposedExemplar[];
  readonly created: number | undefined;
};

type Bucket = { bound: number; count: number; exemplar: ExposedExemplar | undefined };
type Side = { readonly spans: BucketSpan[]; readonly deltas: number[]; readonly counts: number[] };

/** The fields of a message `Histogram`. */
type Fields = {
  count: number;
  countFloat: number;
  sum: number;
  schema: number;
  zeroThreshold: number;
  zeroCount: number;
  zeroCountFloat: number;
  created: number | undefined;
  readonly buckets: Bucket[];
  readonly negative: Side;
  readonly positive: Side;
  readonly exemplars: ExposedExemplar[];
};

/** Reads a message `Histogram`. */
export function readHistogram(reader: BinaryReader, length: number): ProtobufHistogram {
  const end = reader.pos + length;
  const fields = newFields();
  while (reader.pos < end) {
    const [field, wire] = reader.tag();
    if (!readPlain(reader, field, fields) && !readSide(reader, { field, wire }, fields)) reader.skip(wire);
  }
  const { sum, buckets, exemplars, created } = fields;
  const count = fields.countFloat > 0 ? fields.countFloat : fields.count;
  return { count, sum, buckets, native: nativeOf(fields, count), exemplars, created };
}

function newFields(): Fields {
  const side = (): Side => ({ spans: [], deltas: [], counts: [] });
  return {
    ...{ count: 0, countFloat: 0, sum: 0, schema: 0, zeroThreshold: 0, zeroCount: 0, zeroCountFloat: 0 },
    ...{ created: undefined, buckets: [], negative: side(), positive: side(), exemplars: [] },
  };
}

function readPlain(reader: BinaryReader, field: number, fields: Fields): boolean {
  if (field === 1) fields.count = number64(reader.uint64());
  else if (field === 2) fields.sum = reader.double();
  else if (field === 3) fields.buckets.push(readBucket(reader, reader.uint32()));
  else if (field === 4) fields.countFloat = reader.double();
  else if (field === 5) fields.schema = reader.sint32();
  else if (field === 6) fields.zeroThreshold = reader.double();
  else if (field === 7) fields.zeroCount = number64(reader.uint64());
  else if (field === 8) fields.zeroCountFloat = reader.double();
  else if (field === 15) fields.created = readTimestamp(reader, reader.uint32());
  else if (field === 16) fields.exemplars.push(readExemplar(reader, reader.uint32()));
  else return false;
  return true;
}

/** Fields 9–11 are the negative side, 12–14 the positive one: spans, deltas, counts. */
function readSide(reader: BinaryReader, { field, wire }: { field: number; wire: WireType }, fields: Fields): boolean {
  if (field < 9 || field > 14) return false;
  const { spans, deltas, counts } = field < 12 ? fields.negative : fields.positive;
  const part = (field - 9) % 3;
  if (part === 0) spans.push(readSpan(reader, reader.uint32()));
  else if (part === 1) readRepeated(reader, wire, () => deltas.push(number64(reader.sint64())));
  else readRepeated(reader, wire, () => counts.push(reader.double()));
  return true;
}

/** A repeated number, packed or not. */
function readRepeated(reader: BinaryReader, wire: WireType, readOne: () => void): void {
  if (wire !== WireType.LengthDelimited) return readOne();
  const length = reader.uint32();
  const end = reader.pos + length;
  while (reader.pos < end) readOne();
}

function readSpan(reader: BinaryReader, length: number): BucketSpan {
  const end = reader.pos + length;
  const span = { offset: 0, length: 0 };
  while (reader.pos < end) {
    const [field, wire] = reader.tag();
    if (field === 1) span.offset = reader.sint32();
    else if (field === 2) span.length = reader.uint32();
    else reader.skip(wire);
  }
  return span;
}

function readBucket(reader: BinaryReader, length: number): Bucket {
  const end = reader.pos + length;
  const bucket: Bucket = { bound: 0, count: 0, exemplar: undefined };
  while (reader.pos < end) {
    const [field, wire] = reader.tag();
    if (field === 1) bucket.count = number64(reader.uint64());
    else if (field === 2) bucket.bound = reader.double();
    else if (field === 3) bucket.exemplar = readExemplar(reader, reader.uint32());
    else if (field === 4) bucket.count = reader.double();
    else reader.skip(wire);
  }
  return bucket;
}

/** A histogram is native when it says anything of that kind: spans (even empty ones), a zero bucket. */
function nativeOf(fields: Fields, count: number): NativeHistogram | undefined {
  const { positive, negative, zeroThreshold, zeroCount, zeroCountFloat, sum, schema } = fields;
  const isNative =
    positive.spans.length > 0 || negative.spans.length > 0 || zeroThreshold > 0 || zeroCount > 0 || zeroCountFloat > 0;
  if (!isNative) return undefined;
  return {
    ...{ schema, count, sum, zeroThreshold, resetHint: 'unknown' },
    zeroCount: zeroCountFloat > 0 ? zeroCountFloat : zeroCount,
    positive: bucketsOf(positive),
    negative: bucketsOf(negative),
    customValues: new Float64Array(),
  };
}

function bucketsOf({ spans, deltas, counts }: Side): Buckets {
  const used = spans.filter(({ length, offset }) => length > 0 || offset !== 0);
  const expected = used.reduce((sum, { length }) => sum + length, 0);
  let value = 0;
  const absolute = counts.length > 0 ? counts : deltas.map((delta) => (value += delta));
  if (absolute.length !== expected) {
    throw new ExpositionError(0, `a native histogram has ${absolute.length} counts for ${expected} buckets`);
  }
  return { spans: used, counts: Float64Array.from(absolute) };
}
