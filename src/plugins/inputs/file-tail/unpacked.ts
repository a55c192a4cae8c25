import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The bytes in a gzip file, in chunks. */
export async function* unpacked(path: string): AsyncGenerator<Buffer> {
  const unpack = createGunzip();
  // What goes wrong with either is thrown by the loop below.
  pipeline(createReadStream(path), unpack, () => undefined);
  for await (const chunk of unpack) yield chunk as Buffer;
}

/** Bytes `[from, to)` of what is in a gzip file, fewer where it ends, for each range; ranges are short. */
export async function unpackedRanges(path: string, ranges: readonly (readonly [number, number])[]): Promise<Buffer[]> {
  const parts: Buffer[][] = ranges.map(() => []);
  const last = Math.max(...ranges.map(([, to]) => to));
  let at = 0;
  for await (const chunk of unpacked(path)) {
    for (const [i, [from, to]] of ranges.entries()) {
      const part = chunk.subarray(Math.max(0, from - at), Math.max(0, to - at));
      if (part.length > 0) parts[i]?.push(Buffer.from(part));
    }
    at += chunk.length;
    if (at >= last) break;
  }
  return parts.map((some) => Buffer.concat(some));
}
