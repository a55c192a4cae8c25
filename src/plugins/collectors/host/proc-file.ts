import { type FileHandle, open } from 'node:fs/promises';

/** A file of /proc or /sys that is read again and again through one handle. */
export type ProcFile = {
  /** The whole text as of now. Throws what opening and reading throw; the next read opens anew. */
  readonly read: () => Promise<string>;
  readonly close: () => Promise<void>;
};

const FIRST_BUFFER_BYTES = 8_192;

/** Reads by position 0: the kernel makes the text of such files anew for each pass from the start. */
export function procFile(path: string): ProcFile {
  let handle: FileHandle | undefined;
  let buffer = Buffer.allocUnsafe(FIRST_BUFFER_BYTES);

  async function readAll(file: FileHandle): Promise<string> {
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) return buffer.toString('latin1', 0, length);
      length += bytesRead;
      if (length === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
    }
  }

  async function close(): Promise<void> {
    const closing = handle;
    handle = undefined;
    await closing?.close();
  }

  return {
    read: async () => {
      handle ??= await open(path, 'r');
      try {
        return await readAll(handle);
      } catch (error) {
        await close();
        throw error;
      }
    },
    close,
  };
}
