import { ProtobufScanner } from '#core/bytes/protobuf-scanner.ts';
import { uncompressSnappy } from '#core/bytes/snappy.ts';
import type { LogFields } from '#core/model/log-record.ts';
import type { SampleWriter } from '#core/plugin/input.ts';
import { parseStreamLabels } from './stream-labels.ts';
import { type Entry, fieldsOf, streamWriter } from './stream-writer.ts';

const MAX_BYTES = 64 * 1024 * 1024;
/** Tags: field number and wire type 2. */
const FIRST = 10;
const SECOND = 18;
const THIRD = 26;

/**
 * Writes a `logproto.PushRequest`, packed with snappy (https://github.com/grafana/loki/blob/main/pkg/push/push.proto).
 * Throws `bad_request`.
 */
export function readProtobuf(bytes: Uint8Array, writer: SampleWriter): void {
  const message = uncompressSnappy(bytes, MAX_BYTES);
  const scan = new ProtobufScanner(message);
  forEachField(scan, message.length, (tag, end) => {
    if (tag === FIRST) readStream(scan, end, writer);
  });
}

/** Its labels may stand behind its entries. */
function readStream(scan: ProtobufScanner, to: number, writer: SampleWriter): void {
  const from = scan.at;
  let labels: LogFields | undefined;
  forEachField(scan, to, (tag, end) => {
    if (tag !== FIRST) return;
    const found = parseStreamLabels(textOf(scan, end));
    labels = found === undefined ? undefined : fieldsOf(pairsOf(found));
  });
  const write = streamWriter(writer, labels);
  scan.at = from;
  forEachField(scan, to, (tag, end) => {
    if (tag === SECOND) write(readEntry(scan, end));
  });
}

function readEntry(scan: ProtobufScanner, to: number): Entry {
  let t = 0;
  let line = '';
  const metadata: [string, string][] = [];
  forEachField(scan, to, (tag, end) => {
    if (tag === FIRST) t = readTimestamp(scan, end);
    else if (tag === SECOND) line = textOf(scan, end);
    else if (tag === THIRD) metadata.push(readPair(scan, end));
  });
  return { t, line, metadata: fieldsOf(metadata) };
}

/** A `google.protobuf.Timestamp` as ms, to the µs. */
function readTimestamp(scan: ProtobufScanner, to: number): number {
  let seconds = 0;
  let nanoseconds = 0;
  while (scan.at < to) {
    const tag = scan.varint(to);
    if (tag === 8) seconds = scan.int(to);
    else if (tag === 16) nanoseconds = scan.int(to);
    else scan.skip(tag, to);
  }
  return (seconds * 1e6 + Math.round(nanoseconds / 1e3)) / 1e3;
}

function readPair(scan: ProtobufScanner, to: number): [string, string] {
  let name = '';
  let value = '';
  forEachField(scan, to, (tag, end) => {
    if (tag === FIRST) name = textOf(scan, end);
    else if (tag === SECOND) value = textOf(scan, end);
  });
  return [name, value];
}

/** Calls back for each field with a length, standing at its start; what is not read of it is stepped over. */
function forEachField(scan: ProtobufScanner, to: number, field: (tag: number, end: number) => void): void {
  while (scan.at < to) {
    const tag = scan.varint(to);
    if ((tag & 7) !== 2) {
      scan.skip(tag, to);
      continue;
    }
    const end = scan.block(to);
    field(tag, end);
    scan.at = end;
  }
}

function textOf({ bytes, at }: ProtobufScanner, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString();
}

function* pairsOf(fields: LogFields): Generator<readonly [string, string]> {
  for (let i = 0; i < fields.length; i += 2) yield [fields[i] ?? '', fields[i + 1] ?? ''];
}
