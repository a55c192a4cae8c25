import type { ByteReader } from './byte-reader.ts';

const INDEXES = [Uint8Array, Uint16Array, Uint32Array] as const;
const ADDITIONAL_KEYS = 0x200;

/** The version of a LowCardinality column's layout, which stands before everything else of the column. */
export function readDictionaryPrefix(reader: ByteReader): void {
  const [version] = reader.into(new BigUint64Array(1));
  if (version !== 1n) throw new RangeError(`a LowCardinality column of layout ${version} is not known`);
}

/** Values of a LowCardinality(String) column: a dictionary of the block and an index per row. */
export function readDictionaryTexts(reader: ByteReader, rows: number): string[] {
  if (rows === 0) return [];
  const [layout = 0n, size = 0n] = reader.into(new BigUint64Array(2));
  const Index = INDEXES[Number(layout & 0xffn)];
  if (Index === undefined || (Number(layout) & ADDITIONAL_KEYS) === 0) {
    throw new RangeError(`a LowCardinality column of layout ${layout} is not known`);
  }
  const texts = reader.texts(Number(size));
  const [count = 0n] = reader.into(new BigUint64Array(1));
  if (Number(count) !== rows) throw new RangeError('a LowCardinality column has another number of rows');
  return Array.from(reader.into(new Index(rows)), (index) => texts[index] ?? '');
}
