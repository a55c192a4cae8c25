import type { Labels } from '#core/model/labels.ts';
import { ByteWriter } from './byte-writer.ts';

/** A column to encode, with the engine's name of its type. Time columns hold ticks: s, ms or µs since the epoch. */
export type EncodedColumn = { readonly name: string } & (
  | { readonly type: 'UInt8'; readonly values: Uint8Array }
  | { readonly type: 'Int8'; readonly values: Int8Array }
  | { readonly type: 'UInt32' | 'DateTime'; readonly values: Uint32Array }
  | { readonly type: 'UInt64'; readonly values: BigUint64Array }
  | { readonly type: 'Int64' | 'DateTime64(3)' | 'DateTime64(6)'; readonly values: BigInt64Array }
  | { readonly type: 'Float64'; readonly values: Float64Array }
  | { readonly type: 'String'; readonly values: readonly string[] }
  | { readonly type: 'Array(String)'; readonly values: readonly (readonly string[])[] }
  | { readonly type: 'Array(Int32)'; readonly values: readonly Int32Array[] }
  | { readonly type: 'Array(UInt32)'; readonly values: readonly Uint32Array[] }
  | { readonly type: 'Array(Float64)'; readonly values: readonly Float64Array[] }
  | { readonly type: 'Map(String, String)'; readonly values: readonly Labels[] }
);

const HEADER_BYTES = 64;
const BYTES_PER_TEXT = 24;

/**
 * One block in ClickHouse's Native format (docs: interfaces/formats/Native): numbers are copied as memory, about
 * 2 GB/s. Throws RangeError when a column has not exactly `rows` values.
 */
export function encodeNative(columns: readonly EncodedColumn[], rows: number): Uint8Array {
  const writer = new ByteWriter(columns.reduce((sum, column) => sum + HEADER_BYTES + sizeHint(column), HEADER_BYTES));
  writer.varuint(columns.length);
  writer.varuint(rows);
  for (const column of columns) {
    if (column.values.length !== rows) {
      throw new RangeError(`column ${column.name} has ${column.values.length} values, the block has ${rows} rows`);
    }
    writer.text(column.name);
    writer.text(column.type);
    writeValues(writer, column);
  }
  return writer.finish();
}

function sizeHint(column: EncodedColumn): number {
  return ArrayBuffer.isView(column.values) ? column.values.byteLength : column.values.length * BYTES_PER_TEXT;
}

function writeValues(writer: ByteWriter, column: EncodedColumn): void {
  switch (column.type) {
    case 'String':
      for (const value of column.values) writer.text(value);
      return;
    case 'Array(String)':
      return writeArrays(writer, column.values);
    case 'Array(Int32)':
    case 'Array(UInt32)':
    case 'Array(Float64)':
      writer.block(offsets(column.values.map((row) => row.length)));
      for (const row of column.values) writer.block(row);
      return;
    case 'Map(String, String)':
      return writeMaps(writer, column.values);
    default:
      return writer.block(column.values);
  }
}

function writeArrays(writer: ByteWriter, rows: readonly (readonly string[])[]): void {
  writer.block(offsets(rows.map((row) => row.length)));
  for (const row of rows) for (const value of row) writer.text(value);
}

/** A map is an array of pairs: offsets, all keys, all values. */
function writeMaps(writer: ByteWriter, rows: readonly Labels[]): void {
  const keys = rows.map((row) => Object.keys(row));
  writer.block(offsets(keys.map((row) => row.length)));
  for (const row of keys) for (const key of row) writer.text(key);
  for (const [i, row] of rows.entries()) for (const key of keys[i] ?? []) writer.text(row[key] ?? '');
}

function offsets(lengths: readonly number[]): BigUint64Array {
  const ends = new BigUint64Array(lengths.length);
  let end = 0;
  for (const [i, length] of lengths.entries()) {
    end += length;
    ends[i] = BigInt(end);
  }
  return ends;
}
