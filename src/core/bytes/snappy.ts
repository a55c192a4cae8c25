import { AppError } from '../errors.ts';

/** No element of the format makes more of its bytes: three of them copy 64. */
const MAX_RATIO = 22;
const MAX_HEADER_BYTES = 5;

/**
 * Undoes snappy's block format (https://github.com/google/snappy/blob/main/format_description.txt). Its own code because
 * the npm packages either are native or run forever on hostile lengths. Throws `bad_request` when the data are broken,
 * or longer than `maxBytes` once uncompressed; nothing is allocated for a length that the data cannot hold. `place` gives
 * the memory for so many bytes, by default new one; more than that is not touched.
 */
export function uncompressSnappy(
  input: Uint8Array,
  maxBytes: number,
  place: (length: number) => Uint8Array = (length) => new Uint8Array(length),
): Uint8Array {
  const { length, at } = readHeader(input);
  if (length > maxBytes) {
    throw new AppError(
      'bad_request',
      `the body has ${length} bytes uncompressed, more than ${maxBytes}: send less at once`,
    );
  }
  if (length > input.length * MAX_RATIO) throw broken(0);
  const memory = place(length);
  const output = memory.length === length ? memory : memory.subarray(0, length);
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

/** Every byte is copied here, most of them in runs too short for anything but a loop: by words where they do not overlap. */
function fill(input: Uint8Array, from: number, output: Uint8Array): void {
  const source = viewOf(input);
  const target = viewOf(output);
  const end = input.length;
  const size = output.length;
  let at = from;
  let written = 0;
  while (at < end) {
    const tag = input[at] as number;
    const kind = tag & 3;
    at += 1;
    let length = (tag >>> 2) + 1;
    if (kind === 0) {
      const extra = Math.max(0, length - 60);
      if (extra > 0) length = 1 + littleEndian(input, at, extra);
      at += extra;
      if (length > end - at || length > size - written) throw broken(at);
      if (length >= LONG_RUN) output.set(input.subarray(at, at + length), written);
      else copyShort(source, at, target, written, length);
      at += length;
    } else {
      const extra = kind === 3 ? 4 : kind;
      let offset = littleEndian(input, at, extra);
      if (kind === 1) {
        length = ((tag >>> 2) & 7) + 4;
        offset += (tag >>> 5) << 8;
      }
      at += extra;
      if (offset === 0 || offset > written || length > size - written) throw broken(at);
      if (offset >= WORD) copyShort(target, written - offset, target, written, length);
      else for (let i = written; i < written + length; i += 1) output[i] = output[i - offset] as number;
    }
    written += length;
  }
  if (written !== size) throw broken(at);
}

const LONG_RUN = 64;
const WORD = 4;

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

/** Forwards; places of one array lie at least a word apart. */
function copyShort(source: DataView, from: number, target: DataView, to: number, length: number): void {
  let i = 0;
  for (; i <= length - WORD; i += WORD) target.setInt32(to + i, source.getInt32(from + i));
  for (; i < length; i += 1) target.setUint8(to + i, source.getUint8(from + i));
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
