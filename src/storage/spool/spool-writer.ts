import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type SpoolFile, spoolFileName, spoolIds } from './spool-file.ts';
import { spoolError } from './storage-fault.ts';

export type SpoolWriter = {
  /**
   * Writes one batch and syncs its bytes. It is durable only after `commit`. Throws AppError `disk_full` or
   * `unavailable` when nothing was kept and the caller may try again later, StorageFault when the disk fails.
   */
  readonly write: (table: string, rows: number, block: Uint8Array) => Promise<SpoolFile>;
  /** The same without its name: it counts only after `publish`, which may be called again when it throws. */
  readonly prepare: (table: string, rows: number, block: Uint8Array) => Promise<PreparedFile>;
  /** Syncs the folders of these tables: everything written to them is durable when it resolves. */
  readonly commit: (tables: Iterable<string>) => Promise<void>;
};

/** A batch on disk, synced, that has no name yet. */
export type PreparedFile = {
  readonly file: SpoolFile;
  readonly publish: () => Promise<void>;
  readonly discard: () => Promise<void>;
};

/** Where a batch is while it is written. */
export function partialPath(directory: string, file: Pick<SpoolFile, 'table' | 'id'>): string {
  return join(directory, file.table, `${file.id}.tmp`);
}

/** Writes spool files below `directory`, whose table folders exist. */
export function createSpoolWriter(directory: string, now: () => number): SpoolWriter {
  const nextId = spoolIds(now);
  const prepare: SpoolWriter['prepare'] = async (table, rows, block) => {
    const file = { table, id: nextId(), rows, crc: crc32(block), bytes: block.byteLength };
    const partial = partialPath(directory, file);
    await writePartial(partial, block);
    return {
      file,
      publish: () => step('rename', partial, () => rename(partial, join(directory, table, spoolFileName(file)))),
      discard: () => rm(partial, { force: true }),
    };
  };
  return {
    prepare,
    write: async (table, rows, block) => {
      const { file, publish } = await prepare(table, rows, block);
      await publish();
      return file;
    },
    commit: async (tables) => {
      for (const table of new Set(tables)) await syncDirectory(join(directory, table));
    },
  };
}

async function writePartial(path: string, block: Uint8Array): Promise<void> {
  const handle = await step('creation', path, () => open(path, 'wx', 0o600));
  try {
    await step('write', path, () => writeAll(handle, block));
    await step('fdatasync', path, () => handle.datasync());
  } catch (error) {
    await handle.close();
    await rm(path, { force: true });
    throw error;
  }
  await handle.close();
}

/** `write` may take less than it was given; the rest then tells why. */
async function writeAll(handle: FileHandle, block: Uint8Array): Promise<void> {
  for (let at = 0; at < block.byteLength; ) {
    at += (await handle.write(block, at, block.byteLength - at)).bytesWritten;
  }
}

/** Makes the names of a folder durable. Throws StorageFault. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await step('opening', path, () => open(path, 'r'));
  try {
    await step('fsync', path, () => handle.sync());
  } finally {
    await handle.close();
  }
}

async function step<T>(name: string, path: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw spoolError(name, path, error);
  }
}
