import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { type AnyValue, type Attribute, MAX_ANY_VALUE_DEPTH, textOfAnyValue } from './any-value.ts';

/** What to do with the fields of a message, by number; others are stepped over. */
export type FieldReaders = Readonly<Record<number, (reader: BinaryReader, type: WireType) => void>>;

/** Two bytes make a message, which takes hundreds in memory: more than these in one request are hostile. */
const MAX_MESSAGES = 2_000_000;

/** Reads the messages of one request. */
export class Messages {
  #left = MAX_MESSAGES;

  /** Reads a message. Throws an Error when it is broken, or one too many. */
  read(bytes: Uint8Array, fields: FieldReaders): void {
    this.#left -= 1;
    if (this.#left < 0) throw new Error(`it has more than ${MAX_MESSAGES} messages: send less at once`);
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      const [field, type] = reader.tag();
      const read = fields[field];
      if (read === undefined) reader.skip(type, field);
      else read(reader, type);
    }
  }
}

/** Reads a repeated number, packed or not, into a list. */
export function readNumbers(reader: BinaryReader, type: WireType, list: number[], read: () => number): void {
  if (type !== WireType.LengthDelimited) {
    list.push(read());
    return;
  }
  const end = reader.uint32() + reader.pos;
  while (reader.pos < end) list.push(read());
}

/** Reads a `KeyValue` field. */
export function readAttribute(messages: Messages, reader: BinaryReader): Attribute {
  const [key, value] = keyValueOf(messages, reader.bytes(), 0);
  return [key, textOfAnyValue(value)];
}

/** Reads an `AnyValue` field as text. */
export function readAnyValue(messages: Messages, reader: BinaryReader): string {
  return textOfAnyValue(anyValueOf(messages, reader.bytes(), 0));
}

function keyValueOf(messages: Messages, bytes: Uint8Array, depth: number): [key: string, value: AnyValue] {
  let key = '';
  let value: AnyValue;
  messages.read(bytes, {
    1: (r) => (key = r.string()),
    2: (r) => (value = anyValueOf(messages, r.bytes(), depth)),
  });
  return [key, value];
}

function anyValueOf(messages: Messages, bytes: Uint8Array, depth: number): AnyValue {
  if (depth > MAX_ANY_VALUE_DEPTH) throw new Error(`an attribute is nested deeper than ${MAX_ANY_VALUE_DEPTH} levels`);
  let value: AnyValue;
  messages.read(bytes, {
    1: (r) => (value = r.string()),
    2: (r) => (value = r.bool()),
    3: (r) => (value = BigInt(r.int64())),
    4: (r) => (value = r.double()),
    5: (r) => (value = listOf(messages, r.bytes(), depth + 1)),
    6: (r) => (value = mapOf(messages, r.bytes(), depth + 1)),
    7: (r) => (value = Buffer.from(r.bytes()).toString('base64')),
  });
  return value;
}

function listOf(messages: Messages, bytes: Uint8Array, depth: number): AnyValue {
  const list: AnyValue[] = [];
  messages.read(bytes, { 1: (r) => list.push(anyValueOf(messages, r.bytes(), depth)) });
  return list;
}

function mapOf(messages: Messages, bytes: Uint8Array, depth: number): AnyValue {
  const entries: [string, AnyValue][] = [];
  messages.read(bytes, { 1: (r) => entries.push(keyValueOf(messages, r.bytes(), depth)) });
  return Object.fromEntries(entries);
}
