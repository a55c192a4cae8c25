import { isUtf8 } from 'node:buffer';
import type { LogFields } from '#core/model/log-record.ts';

export const MAX_BODY_BYTES = 2 ** 20;
export const MAX_FIELDS = 1_000;
export const MAX_NAME_BYTES = 256;
export const MAX_VALUE_BYTES = 64 * 1024;
/** A UTF-16 unit has at most so many bytes in UTF-8: shorter texts need no counting. */
const MAX_UNIT_BYTES = 3;

/** A body within the limit, as UTF-8: bytes that are none have become U+FFFD. The input itself where nothing is wrong. */
export function boundBody(body: Uint8Array | string): Uint8Array | string {
  if (typeof body === 'string') return boundText(body, MAX_BODY_BYTES);
  const short = body.length <= MAX_BODY_BYTES ? body : body.subarray(0, endOfCharacter(body, MAX_BODY_BYTES));
  return isUtf8(short) ? short : boundText(textOf(short), MAX_BODY_BYTES);
}

/** Bytes of a body as it came. */
export function bodyBytes(body: Uint8Array | string): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.length;
}

/** A text of at most `max` bytes of UTF-8, cut between characters. */
export function boundText(text: string, max: number): string {
  if (text.length * MAX_UNIT_BYTES <= max || Buffer.byteLength(text) <= max) return text;
  const bytes = Buffer.from(text.slice(0, max));
  return bytes.toString('utf8', 0, endOfCharacter(bytes, max));
}

/** Fields within the limits: the fields themselves where they are, which is nearly always. */
export function boundFields(fields: LogFields): LogFields {
  const length = Math.min(fields.length & ~1, 2 * MAX_FIELDS);
  let isBound = length === fields.length;
  for (let i = 0; i < length && isBound; i += 1) {
    isBound = (fields[i] as string).length * MAX_UNIT_BYTES <= (i % 2 === 0 ? MAX_NAME_BYTES : MAX_VALUE_BYTES);
  }
  if (isBound) return fields;
  return fields.slice(0, length).map((text, i) => boundText(text, i % 2 === 0 ? MAX_NAME_BYTES : MAX_VALUE_BYTES));
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** The last place up to `max` that is not within a character. */
function endOfCharacter(bytes: Uint8Array, max: number): number {
  if (max >= bytes.length) return bytes.length;
  let end = max;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80 && max - end < 4) end -= 1;
  return end;
}
