/** The numbers that the decoder turns into typed arrays. */
export type NumberType = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'u64' | 'i64' | 'f32' | 'f64';

/** Storage of a column type, seen through the names that do not change the bytes. */
export type ColumnType =
  | { readonly kind: 'number'; readonly number: NumberType; readonly nullable: boolean }
  | { readonly kind: 'string' }
  | { readonly kind: 'dictionary' }
  | { readonly kind: 'map'; readonly keys: 'string' | 'dictionary' }
  | { readonly kind: 'array'; readonly of: ColumnType };

const NUMBERS: Readonly<Record<string, NumberType>> = {
  UInt8: 'u8',
  Bool: 'u8',
  Int8: 'i8',
  Enum8: 'i8',
  UInt16: 'u16',
  Date: 'u16',
  Int16: 'i16',
  Enum16: 'i16',
  UInt32: 'u32',
  DateTime: 'u32',
  IPv4: 'u32',
  Int32: 'i32',
  Date32: 'i32',
  UInt64: 'u64',
  Int64: 'i64',
  DateTime64: 'i64',
  Float32: 'f32',
  Float64: 'f64',
};

/** Parses the engine's name of a type; undefined for a type that is not decoded (cast it in the query). */
export function parseColumnType(text: string): ColumnType | undefined {
  const type = text.trim();
  const [, name = type, inner = ''] = /^(\w+)\((.*)\)$/s.exec(type) ?? [];
  const number = NUMBERS[name];
  if (number !== undefined) return { kind: 'number', number, nullable: false };
  if (name === 'String') return { kind: 'string' };
  if (name === 'LowCardinality') return inner === 'String' ? { kind: 'dictionary' } : undefined;
  if (name === 'Map') return parseMap(inner);
  if (name === 'SimpleAggregateFunction') return parseColumnType(inner.slice(inner.indexOf(',') + 1));
  if (name === 'Nullable') {
    const of = parseColumnType(inner);
    return of?.kind === 'number' ? { ...of, nullable: true } : undefined;
  }
  if (name !== 'Array') return undefined;
  const of = parseColumnType(inner);
  return of?.kind === 'number' || of?.kind === 'string' ? { kind: 'array', of } : undefined;
}

function parseMap(inner: string): ColumnType | undefined {
  const [, keys] = /^(String|LowCardinality\(String\))\s*,\s*String$/.exec(inner) ?? [];
  if (keys === undefined) return undefined;
  return { kind: 'map', keys: keys === 'String' ? 'string' : 'dictionary' };
}
