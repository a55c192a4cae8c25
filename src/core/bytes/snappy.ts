import { AppError } from '../errors.ts';

/** No element of the format makes more of its bytes: three of them copy 64. */
const MAX_RATIO = 22;
const MAX_HEADER_BYTES = 5;

/**
 * Undoes snappy's block format (https://github.com/google/snappy/blob/main/format_description.txt). Its own code because
 * the npm packages either are native or run forever on hostile lengths. Throws `bad_request` when the data are broken,
 * or longer than `maxBytes` once uncompressed; nothing is allocated for a length that the data cannot hold.
 */
export function uncompressSnappy(input: Uint8Array, maxBytes: number): Uint8Array {
  const { length, at } = readHeader(input);
  if (length > maxBytes) {
    throw new AppError(
      'bad_request',
      `the body has ${length} bytes uncompressed, more than ${maxBytes}: send less at once`,
    );
  }
  if (length > input.length * MAX_RATIO) throw broken(0);
  const output = new Uint8Array(length);
  fill(input, at, output);
  return output;
}

function readHeader(input: Uint8Array): { readonly length: number; readonly at: number } {
  let length = 0;
  for (let at = 0; at < MAX_HEADER_BYTES && at < input.length; at += 1) {
    const byte = input[at] as number;
    length += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) return { length, at: at + 1 };
  }
  throw broken(0);
}

/** Every byte is copied here, most of them in runs too short for anything but a loop. */
function fill(input: Uint8Array, from: number, output: Uint8Array): void {
  let at = from;
  let written = 0;
  while (at < input.length) {
    const tag = input[at] as number;
    const kind = tag & 3;
    at += 1;
    let length = (tag >>> 2) + 1;
    if (kind === 0) {
      const extra = Math.max(0, length - 60);
      if (extra > 0) length = 1 + littleEndian(input, at, extra);
      at += extra;
      if (length > input.length - at || length > output.length - written) throw broken(at);
      copyLiteral(input, at, output, written, length);
      at += length;
    } else {
      const extra = kind === 3 ? 4 : kind;
      let offset = littleEndian(input, at, extra);
      if (kind === 1) {
        length = ((tag >>> 2) & 7) + 4;
        offset += (tag >>> 5) << 8;
      }
      at += extra;
      if (offset === 0 || offset > written || length > output.length - written) throw broken(at);
      for (let i = written; i < written + length; i += 1) output[i] = output[i - offset] as number;
    }
    written += length;
  }
  if (written !== output.length) throw broken(at);
}

const LONG_RUN = 64;

function copyLiteral(input: Uint8Array, from: number, output: Uint8Array, to: number, length: number): void {
  if (length >= LONG_RUN) output.set(input.subarray(from, from + length), to);
  else for (let i = 0; i < length; i += 1) output[to + i] = input[from + i] as number;
}

function littleEndian(input: Uint8Array, at: number, count: number): number {
  if (at + count > input.length) throw broken(at);
  let value = 0;
  for (let i = count - 1; i >= 0; i -= 1) value = value * 256 + (input[at + i] as number);
  return value;
}

function broken(at: number): AppError {
  return new AppError('bad_request', `the body is not in snappy's block format (byte ${at})`);
}
