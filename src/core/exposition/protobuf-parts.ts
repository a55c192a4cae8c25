import type { BinaryReader } from '@bufbuild/protobuf/wire';
import type { ExposedExemplar } from './exposition.ts';

/** A 64-bit integer of a message as float64. */
export function number64(value: bigint | string): number {
  return Number(value);
}

/** Reads a message `LabelPair` into `labels`. */
export function readLabelPair(reader: BinaryReader, length: number, labels: Record<string, string>): void {
  const end = reader.pos + length;
  let name = '';
  let value = '';
  while (reader.pos < end) {
    const [field, wire] = reader.tag();
    if (field === 1) name = reader.string();
    else if (field === 2) value = reader.string();
    else reader.skip(wire);
  }
  labels[name] = value;
}

/** Reads a message `Exemplar`. */
export function readExemplar(reader: BinaryReader, length: number): ExposedExemplar {
  const end = reader.pos + length;
  const labels = Object.create(null) as Record<string, string>;
  let v = 0;
  let t: number | undefined;
  while (reader.pos < end) {
    const [field, wire] = reader.tag();
    if (field === 1) readLabelPair(reader, reader.uint32(), labels);
    else if (field === 2) v = reader.double();
    else if (field === 3) t = readTimestamp(reader, reader.uint32());
    else reader.skip(wire);
  }
  return { labels, v, t };
}

/** Reads a message `google.protobuf.Timestamp`: ms since the epoch. */
export function readTimestamp(reader: BinaryReader, length: number): number {
  const end = reader.pos + length;
  let ms = 0;
  while (reader.pos < end) {
    const [field, wire] = reader.tag();
    if (field === 1) ms += number64(reader.int64()) * 1_000;
    else if (field === 2) ms += Math.trunc(reader.int32() / 1e6);
    else reader.skip(wire);
  }
  return ms;
}
