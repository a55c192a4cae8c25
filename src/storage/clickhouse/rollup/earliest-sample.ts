import { type FileHandle, open } from 'node:fs/promises';
import { ByteReader } from '../native/byte-reader.ts';

/** Enough for the size of a block and the name and type of a column. */
const HEADER_BYTES = 64;
const VALUE_BYTES: Readonly<Record<string, number>> = { UInt32: 4, UInt64: 8, 'DateTime64(3)': 8, Float64: 8 };
const PIECE_BYTES = 2 ** 20;

/** The earliest time (ms) in a batch of samples: one Native block. Throws RangeError for a file that is none. */
export async function earliestSample(path: string): Promise<number> {
  const file = await open(path, 'r');
  try {
    const { size, rows } = blockHeader(await read(file, 0, HEADER_BYTES));
    for (let at = size; ; ) {
      const column = columnHeader(await read(file, at, HEADER_BYTES));
      at += column.size;
      const bytes = rows * column.width;
      if (column.name === 't') return await earliest(file, at, bytes);
      at += bytes;
    }
  } finally {
    await file.close();
  }
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function blockHeader(bytes: Buffer): { size: number; rows: number } {
  const reader = new ByteReader(bytes);
  reader.varuint();
  const rows = reader.varuint();
  return { size: reader.at, rows };
}

function columnHeader(bytes: Buffer): { size: number; name: string; width: number } {
  const reader = new ByteReader(bytes);
  const name = reader.text();
  const type = reader.text();
  const width = VALUE_BYTES[type];
  if (width === undefined) throw new RangeError(`column ${name} of a batch has the type ${type}`);
  return { size: reader.at, name, width };
}

/** Hot: times are compared as two 32-bit words, because a BigInt64Array makes one BigInt per row. They are not negative. */
async function earliest(file: FileHandle, from: number, bytes: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let done = 0; done < bytes; done += PIECE_BYTES) {
    const piece = await read(file, from + done, Math.min(PIECE_BYTES, bytes - done));
    const words = new Uint32Array(piece.buffer, piece.byteOffset, piece.length >> 2);
    for (let i = 0; i < words.length; i += 2) {
      const time = words[i + 1]! * 2 ** 32 + words[i]!;
      if (time < least) least = time;
    }
  }
  return least;
}
