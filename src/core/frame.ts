/**
 * The binary frame of the live stream and of range queries:
 * `[magic u32][headerLength u32][header: JSON, UTF-8, padded with spaces to 8][columns]`, little endian.
 * The header's `columns` lists type and length of each column; a column starts at a multiple of 8 bytes, so decoding
 * gives typed-array views without copying.
 */
export type ColumnType = 'f64' | 'u32';
export type Column = Float64Array | Uint32Array;

export type Frame<Header extends object = object> = { readonly header: Header; readonly columns: readonly Column[] };

type Described = { readonly columns: readonly (readonly [ColumnType, number])[] };

const MAGIC = 0x314d434e; // "NCM1"
const PREFIX_BYTES = 8;
const align8 = (n: number): number => (n + 7) & ~7;

/** Encodes a frame into one buffer. */
export function encodeFrame(header: object, columns: readonly Column[]): Uint8Array<ArrayBuffer> {
  const described = columns.map((column) => [column instanceof Float64Array ? 'f64' : 'u32', column.length]);
  const json = new TextEncoder().encode(JSON.stringify({ ...header, columns: described }));
  const headerBytes = align8(json.length);
  const size = columns.reduce((sum, column) => sum + align8(column.byteLength), PREFIX_BYTES + headerBytes);
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, headerBytes, true);
  out.fill(0x20, PREFIX_BYTES, PREFIX_BYTES + headerBytes);
  out.set(json, PREFIX_BYTES);
  let offset = PREFIX_BYTES + headerBytes;
  for (const column of columns) {
    out.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset);
    offset += align8(column.byteLength);
  }
  return out;
}

/** Decodes a frame; columns are views on `bytes`. Throws a RangeError or SyntaxError on anything malformed. */
export function decodeFrame<Header extends object>(bytes: ArrayBuffer): Frame<Header> {
  const view = new DataView(bytes);
  if (bytes.byteLength < PREFIX_BYTES || view.getUint32(0, true) !== MAGIC) throw new RangeError('not a frame');
  const headerBytes = view.getUint32(4, true);
  const json = new TextDecoder().decode(new Uint8Array(bytes, PREFIX_BYTES, headerBytes));
  const header = JSON.parse(json) as Header & Described;
  let offset = PREFIX_BYTES + headerBytes;
  const columns = header.columns.map(([type, length]) => {
    const column = type === 'f64' ? new Float64Array(bytes, offset, length) : new Uint32Array(bytes, offset, length);
    offset += align8(column.byteLength);
    return column;
  });
  return { header, columns };
}
