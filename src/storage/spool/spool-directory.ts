import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { finishCommit } from './commit-journal.ts';
import { parseSpoolFileName, type SpoolFile, spoolFileName, spoolFilePath } from './spool-file.ts';

/** Where refused or damaged batches are kept for a human. */
export const BAD_FOLDER = 'bad';

export type SpoolDirectory = {
  readonly path: string;
  /** All durable batches, oldest first. */
  readonly list: () => Promise<readonly SpoolFile[]>;
  /** True when the bytes have the checksum of the name and the row count of the name. */
  readonly isWhole: (file: SpoolFile) => Promise<boolean>;
  readonly remove: (file: SpoolFile) => Promise<void>;
  /** Moves a batch out of the way, into `bad/`. */
  readonly quarantine: (file: SpoolFile) => Promise<void>;
  /** Finishes the last commit, and deletes what else was being written when the process or its thread died. */
  readonly sweep: () => Promise<void>;
};

/** Opens the spool below `path`, makes its folders and sweeps it. */
export async function openSpool(path: string, tables: readonly string[]): Promise<SpoolDirectory> {
  for (const folder of [...tables, BAD_FOLDER]) await mkdir(join(path, folder), { recursive: true, mode: 0o700 });
  const sweep = async (): Promise<void> => {
    await finishCommit(path);
    for (const table of tables) await sweepFolder(join(path, table));
  };
  await sweep();
  return {
    path,
    sweep,
    list: async () => {
      const files = await Promise.all(tables.map((table) => listFolder(path, table)));
      return files.flat().sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    isWhole: (file) => isWhole(spoolFilePath(path, file), file),
    remove: (file) => rm(spoolFilePath(path, file), { force: true }),
    quarantine: (file) =>
      rename(spoolFilePath(path, file), join(path, BAD_FOLDER, `${file.table}.${spoolFileName(file)}`)),
  };
}

async function sweepFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.endsWith('.tmp')) await rm(join(folder, name), { force: true });
  }
}

async function listFolder(path: string, table: string): Promise<SpoolFile[]> {
  const files: SpoolFile[] = [];
  for (const name of await readdir(join(path, table))) {
    const parsed = parseSpoolFileName(name);
    if (parsed === undefined) continue;
    const bytes = await sizeOf(join(path, table, name));
    if (bytes !== undefined) files.push({ ...parsed, table, bytes });
  }
  return files;
}

/** Undefined: it was inserted and removed meanwhile. */
async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function isWhole(path: string, file: SpoolFile): Promise<boolean> {
  const block = await readFile(path);
  return crc32(block) === file.crc && rowsOf(block) === file.rows;
}

/** The row count of a Native block: the second LEB128 number of it. */
function rowsOf(block: Uint8Array): number {
  let at = 0;
  let value = 0;
  for (let part = 0; part < 2; part += 1) {
    value = 0;
    for (let shift = 1; at < block.length; shift *= 128) {
      const byte = block[at++] ?? 0;
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) break;
    }
  }
  return value;
}
