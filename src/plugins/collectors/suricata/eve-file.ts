import { type FileHandle, open, stat } from 'node:fs/promises';
import { LineSplitter } from '#core/bytes/line-splitter.ts';
import { CollectError } from '#core/plugin/collect-error.ts';

const CHUNK_BYTES = 256 * 1024;
/** A record with a payload or a certificate is long; one of megabytes is none. */
const MAX_LINE_BYTES = 1_048_576;
/** At one reading; what is left waits for the next one. */
const MOST_BYTES = 64 * 2 ** 20;
/** The statistics of before stand in here. */
const LOOK_BACK_BYTES = 256 * 1024;

type Take = (line: string) => void;

/** Follows a file that is written on, rotated or cut: each line once, from the end of the file at the first reading on. */
export class EveFile {
  readonly #path: string;
  readonly #take: Take;
  #handle: FileHandle | undefined;
  #offset = 0;
  #splitter: LineSplitter;

  constructor(path: string, take: Take) {
    this.#path = path;
    this.#take = take;
    this.#splitter = splitter(take);
  }

  /** Reads what is new. At the first reading `before` gets the last lines that were there already. */
  async read(before: Take, signal: AbortSignal): Promise<void> {
    if (this.#handle === undefined) return this.#begin(before);
    await this.#readOn(signal);
    if (await this.#isOther(this.#handle)) {
      await this.close();
      this.#handle = await this.#open();
      await this.#readOn(signal);
    }
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
    this.#offset = 0;
    this.#splitter = splitter(this.#take);
  }

  async #begin(before: Take): Promise<void> {
    this.#handle = await this.#open();
    const { size } = await this.#handle.stat();
    const from = Math.max(0, size - LOOK_BACK_BYTES);
    const bytes = Buffer.alloc(size - from);
    const { bytesRead } = await this.#handle.read(bytes, 0, bytes.length, from);
    const text = bytes.subarray(0, bytesRead);
    // What is behind the last end of a line is the begin of the next line.
    const end = text.lastIndexOf(0x0a) + 1;
    for (const line of text.subarray(0, end).toString().split('\n')) before(line);
    this.#offset = from + end;
  }

  async #readOn(signal: AbortSignal): Promise<void> {
    const handle = this.#handle;
    if (handle === undefined) return;
    if ((await handle.stat()).size < this.#offset) {
      this.#offset = 0;
      this.#splitter = splitter(this.#take);
    }
    const chunk = new Uint8Array(CHUNK_BYTES);
    for (let read = 0; read < MOST_BYTES; ) {
      signal.throwIfAborted();
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, this.#offset);
      if (bytesRead === 0) return;
      this.#splitter.read(chunk.subarray(0, bytesRead));
      this.#offset += bytesRead;
      read += bytesRead;
    }
  }

  /** Another file has the name: the one that is open was renamed or removed. While there is none it is read on. */
  async #isOther(handle: FileHandle): Promise<boolean> {
    const [named, opened] = [await stat(this.#path).catch(() => undefined), await handle.stat()];
    return named !== undefined && (named.ino !== opened.ino || named.dev !== opened.dev);
  }

  async #open(): Promise<FileHandle> {
    try {
      return await open(this.#path);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      throw new CollectError('unreachable', `${this.#path} cannot be read: ${code}`, { cause: error });
    }
  }
}

function splitter(take: Take): LineSplitter {
  return new LineSplitter(MAX_LINE_BYTES, {
    line: (bytes, from, to) => take(Buffer.from(bytes.subarray(from, to)).toString()),
    tooLong: () => take(''),
  });
}
