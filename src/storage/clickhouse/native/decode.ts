import { AppError } from '#core/errors.ts';
import type { NativeBlock, NativeColumn, NumberArray } from '../telemetry-store.ts';
import { ByteReader } from './byte-reader.ts';
import { type ColumnType, type NumberType, parseColumnType } from './column-type.ts';
import { readDictionaryPrefix, readDictionaryTexts } from './dictionary.ts';

const ARRAYS = {
  u8: Uint8Array,
  i8: Int8Array,
  u16: Uint16Array,
  i16: Int16Array,
  u32: Uint32Array,
  i32: Int32Array,
  u64: BigUint64Array,
  i64: BigInt64Array,
  f32: Float32Array,
  f64: Float64Array,
} as const satisfies Record<NumberType, unknown>;

/**
 * All blocks of an answer in ClickHouse's Native format. Throws `bad_query` for a column type that is not decoded, and
 * RangeError for truncated bytes.
 */
export function decodeNative(bytes: Uint8Array): NativeBlock[] {
  const reader = new ByteReader(bytes);
  const blocks: NativeBlock[] = [];
  while (!reader.done) blocks.push(readBlock(reader));
  return blocks;
}

function readBlock(reader: ByteReader): NativeBlock {
  const count = reader.varuint();
  const rows = reader.varuint();
  const columns: NativeColumn[] = [];
  for (let i = 0; i < count; i += 1) {
    const name = reader.text();
    const text = reader.text();
    const type = parseColumnType(text);
    if (type === undefined) {
      throw new AppError('bad_query', `column ${name} has the type ${text}: cast it to a number, String, Array or Map`);
    }
    columns.push(readColumn(reader, { name, type, rows }));
  }
  return { rows, columns };
}

type Place = { readonly name: string; readonly type: ColumnType; readonly rows: number };

function readColumn(reader: ByteReader, { name, type, rows }: Place): NativeColumn {
  switch (type.kind) {
    case 'number':
      return numberColumn(name, readNumbers(reader, type, rows));
    case 'string':
      return { kind: 'string', name, values: reader.texts(rows) };
    case 'dictionary':
      if (rows > 0) readDictionaryPrefix(reader);
      return { kind: 'string', name, values: readDictionaryTexts(reader, rows) };
    case 'map':
      return { kind: 'map', name, values: readMaps(reader, type.keys, rows) };
    case 'array': {
      const ends = reader.ends(rows);
      const total = ends.at(-1) ?? 0;
      if (type.of.kind === 'number')
        return { kind: 'numbers', name, ends, values: readNumbers(reader, type.of, total) };
      return { kind: 'strings', name, values: cut(reader.texts(total), ends) };
    }
  }
}

function numberColumn(name: string, values: NumberArray): NativeColumn {
  if (values instanceof BigUint64Array || values instanceof BigInt64Array) return { kind: 'bigint', name, values };
  return { kind: 'number', name, values };
}

/** NULL becomes NaN, and nullable integers become Float64, so that it can. */
function readNumbers(reader: ByteReader, type: ColumnType & { kind: 'number' }, count: number): NumberArray {
  const nulls = type.nullable ? reader.into(new Uint8Array(count)) : undefined;
  const values = reader.into(new ARRAYS[type.number](count));
  if (nulls === undefined) return values;
  return Float64Array.from(nulls, (isNull, i) => (isNull === 1 ? Number.NaN : Number(values[i])));
}

type Keys = (ColumnType & { kind: 'map' })['keys'];

function readMaps(reader: ByteReader, kind: Keys, rows: number): Readonly<Record<string, string>>[] {
  if (kind === 'dictionary' && rows > 0) readDictionaryPrefix(reader);
  const ends = reader.ends(rows);
  const total = ends.at(-1) ?? 0;
  const keys = kind === 'dictionary' ? readDictionaryTexts(reader, total) : reader.texts(total);
  const values = reader.texts(keys.length);
  let at = 0;
  return Array.from(ends, (end) => {
    const map = Object.create(null) as Record<string, string>;
    for (; at < end; at += 1) map[keys[at] ?? ''] = values[at] ?? '';
    return map;
  });
}

function cut(values: readonly string[], ends: Uint32Array): string[][] {
  return Array.from(ends, (end, i) => values.slice(i === 0 ? 0 : ends[i - 1], end));
}
