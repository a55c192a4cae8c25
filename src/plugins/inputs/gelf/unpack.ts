import { gunzipSync, inflateSync } from 'node:zlib';
import { MAX_LOG_BYTES } from '#core/model/log-record.ts';

/** A message without its compression (gzip or zlib, told by its first bytes); undefined: it is none, or a bomb. */
export function unpackMessage(bytes: Uint8Array): Uint8Array | undefined {
  const [first = 0, second = 0] = bytes;
  const isGzip = first === 0x1f && second === 0x8b;
  const isZlib = (first & 0x0f) === 8 && first !== 0x38 && (first * 256 + second) % 31 === 0;
  if (!isGzip && !isZlib) return bytes;
  try {
    return (isGzip ? gunzipSync : inflateSync)(bytes, { maxOutputLength: MAX_LOG_BYTES });
  } catch {
    return undefined;
  }
}
