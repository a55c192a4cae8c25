import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError, messageOf } from '#core/errors.ts';

const READ_BYTES = 256 * 1024;

/** A file of samples; `-` is the standard input. */
export type ImportSource = {
  /** Bytes on disk; 0 where that is not known. */
  readonly sizeBytes: number;
  /** What is in it, uncompressed. `onRead` is told how many bytes of the file were read. */
  readonly read: (onRead: (bytes: number) => void) => AsyncIterable<Buffer>;
};

/** Throws `not_found` for a file that cannot be read. */
export async function openSource(path: string): Promise<ImportSource> {
  if (path === '-') return { sizeBytes: 0, read: (onRead) => counted(process.stdin, onRead) };
  try {
    const { size } = await stat(path);
    return { sizeBytes: size, read: (onRead) => contentOf(path, onRead) };
  } catch (cause) {
    throw new AppError('not_found', `${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

function contentOf(path: string, onRead: (bytes: number) => void): AsyncIterable<Buffer> {
  const file = createReadStream(path, { highWaterMark: READ_BYTES });
  if (!path.endsWith('.gz')) return counted(file, onRead);
  // The iterator of the last stream throws what went wrong in any of them.
  return pipeline(counted(file, onRead), createGunzip(), () => {});
}

async function* counted(stream: AsyncIterable<Buffer>, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    onRead(chunk.length);
    yield chunk;
  }
}

/** The first bytes of a stream, and the stream with them. */
export async function peek(stream: AsyncIterable<Buffer>): Promise<[Buffer, AsyncIterable<Buffer>]> {
  const iterator = stream[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return [Buffer.alloc(0), [] as unknown as AsyncIterable<Buffer>];
  return [first.value, prefixed(first.value, iterator)];
}

async function* prefixed(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
