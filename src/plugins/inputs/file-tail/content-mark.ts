import { hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** Bytes from the beginning of a file by which its content is known. */
export const HEAD_BYTES = 1_024;
/** The same before the place up to which it was read. */
export const TAIL_BYTES = 256;

/** A short text that stands for some bytes. */
export function markOf(bytes: Uint8Array): string {
  return hash('sha1', bytes, 'base64').slice(0, 20);
}

/** Bytes `[from, from + length)` of a file, fewer where it ends. */
export async function readAt(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let got = 0;
  while (got < length) {
    const { bytesRead } = await handle.read(bytes, got, length - got, from + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return bytes.subarray(0, got);
}
