import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib';
import { AppError, messageOf } from '#core/errors.ts';

/** What a body may be once it is unpacked: a small body can unpack to any size. */
export const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;

type Unpack = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;

const zlib: Unpack = promisify(inflate);
const rawDeflate: Unpack = promisify(inflateRaw);

const CODINGS: Readonly<Record<string, Unpack>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  // RFC 9110 §8.4.1.2 means the zlib format; some senders leave its header out.
  deflate: (bytes, options) => (hasZlibHeader(bytes) ? zlib(bytes, options) : rawDeflate(bytes, options)),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
};

/** Codings that say how a format is packed: the format undoes them. */
const LEFT_TO_FORMAT = new Set(['', 'identity', 'snappy']);

/**
 * The body without its Content-Encoding, off the main thread. `snappy` is left as it is. Throws `too_large` beyond the
 * limit, `bad_request` for an unknown coding or bytes that are none of it.
 */
export async function unpackBody(
  bytes: Uint8Array,
  encoding: string | string[] | undefined,
  maxBytes = MAX_UNPACKED_BYTES,
): Promise<Uint8Array> {
  const coding = String(encoding ?? '')
    .trim()
    .toLowerCase();
  if (LEFT_TO_FORMAT.has(coding) || bytes.length === 0) return bytes;
  const unpack = Object.hasOwn(CODINGS, coding) ? CODINGS[coding] : undefined;
  if (unpack === undefined) {
    throw new AppError('bad_request', `Content-Encoding "${coding}" is not known: send gzip, deflate, br or zstd`);
  }
  try {
    return await unpack(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new AppError('too_large', `the body unpacks to more than ${maxBytes} bytes: send smaller ones`);
    }
    throw new AppError('bad_request', `the body is not valid ${coding}: ${messageOf(error)}`, { cause: error });
  }
}

/** RFC 1950 §2.2. */
function hasZlibHeader([method = 0, flags = 0]: Uint8Array): boolean {
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0;
}
