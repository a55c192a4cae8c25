import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type SpoolFile, spoolFileName } from './spool-file.ts';
import { partialPath, syncDirectory } from './spool-writer.ts';
import { spoolError } from './storage-fault.ts';

/** Where reading of a source stands: a flat object of JSON, a few hundred bytes at most. */
export type StoredPosition = Readonly<Record<string, string | number | boolean>>;

/** New positions by name; undefined: forgotten. */
export type PositionChanges = ReadonlyMap<string, StoredPosition | undefined>;

/** Files and positions that become durable in one step (docs/adr/015). */
export type CommitJournal = {
  /** The positions of the last commit, by name. */
  readonly positions: ReadonlyMap<string, StoredPosition>;
  /**
   * The point from which on the files, which lie synced beside their places, and the positions count. Throws as the
   * spool's writer does; then neither counts.
   */
  readonly append: (files: readonly SpoolFile[], changes: PositionChanges) => Promise<void>;
};

type FileEntry = Pick<SpoolFile, 'table' | 'id' | 'rows' | 'crc'>;
type JournalRecord = {
  readonly files: readonly FileEntry[];
  readonly positions: Readonly<Record<string, StoredPosition | null>>;
};

const NAME = 'positions.journal';
const MAX_BYTES = 2 ** 20;
const CRC_LENGTH = 8;

/** Opens the journal of a spool whose last commit is finished ({@link finishCommit}); nothing is written yet. */
export async function openCommitJournal(directory: string): Promise<CommitJournal> {
  const { positions } = await readJournal(directory);
  return new JournalFile(directory, positions);
}

/** Gives the files of the last commit their names where a crash came in between. To be called before the spool is swept. */
export async function finishCommit(directory: string): Promise<void> {
  const { files } = await readJournal(directory);
  // What was read may be no more than what the page cache holds.
  if (files.length > 0) await syncFile(join(directory, NAME));
  for (const file of files) {
    const partial = partialPath(directory, file);
    // Not there: it has its name, or has been stored already.
    await rename(partial, join(directory, file.table, spoolFileName(file))).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw spoolError('rename', partial, error);
    });
  }
  for (const table of new Set(files.map((file) => file.table))) await syncDirectory(join(directory, table));
}

class JournalFile implements CommitJournal {
  readonly #directory: string;
  readonly #path: string;
  readonly positions: Map<string, StoredPosition>;
  /** What it holds of whole records; undefined: what lies there is of an earlier thread. */
  #length: number | undefined;
  /** The length from which on it is written anew. */
  #limit = MAX_BYTES;

  constructor(directory: string, positions: Map<string, StoredPosition>) {
    this.#directory = directory;
    this.#path = join(directory, NAME);
    this.positions = positions;
  }

  async append(files: readonly SpoolFile[], changes: PositionChanges): Promise<void> {
    const isShort = this.#length !== undefined && this.#length <= this.#limit;
    const length = isShort ? (this.#length as number) : await this.#compact();
    const entries = files.map(({ table, id, rows, crc }) => ({ table, id, rows, crc }));
    const positions = Object.fromEntries([...changes].map(([name, position]) => [name, position ?? null]));
    const line = lineOf({ files: entries, positions });
    await this.#write('r+', this.#path, { line, length });
    this.#length = length + line.length;
    apply(this.positions, positions);
  }

  /** Writes the positions alone into a new file, durable when it resolves with its length. */
  async #compact(): Promise<number> {
    const line = lineOf({ files: [], positions: Object.fromEntries(this.positions) });
    const partial = `${this.#path}.tmp`;
    await this.#write('w', partial, { line, length: 0 });
    await this.#step('rename', () => rename(partial, this.#path));
    await syncDirectory(this.#directory);
    this.#length = line.length;
    this.#limit = Math.max(MAX_BYTES, 4 * line.length);
    return line.length;
  }

  async #write(flags: string, path: string, { line, length }: { line: Buffer; length: number }): Promise<void> {
    const handle = await this.#step('opening', () => open(path, flags, 0o600));
    try {
      await this.#step('write', () => writeAt(handle, line, length));
      await this.#step('fdatasync', () => handle.datasync());
    } catch (error) {
      // What was written of it would hide behind the next one.
      await handle.truncate(length).catch(() => undefined);
      throw error;
    } finally {
      await handle.close();
    }
  }

  async #step<T>(name: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw spoolError(name, this.#path, error);
    }
  }
}

/** One line: the CRC-32 of the JSON, a space, the JSON. */
function lineOf(record: JournalRecord): Buffer {
  const json = JSON.stringify(record);
  return Buffer.from(`${crc32(json).toString(16).padStart(CRC_LENGTH, '0')} ${json}\n`);
}

/** A line that is not whole was never the end of a commit: it counts as not written. */
async function readJournal(
  directory: string,
): Promise<{ files: readonly FileEntry[]; positions: Map<string, StoredPosition> }> {
  const text = await readFile(join(directory, NAME), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const positions = new Map<string, StoredPosition>();
  let files: readonly FileEntry[] = [];
  for (const line of text.split('\n')) {
    const json = line.slice(CRC_LENGTH + 1);
    if (json === '' || crc32(json) !== Number.parseInt(line.slice(0, CRC_LENGTH), 16)) continue;
    const record = JSON.parse(json) as JournalRecord;
    files = record.files;
    apply(positions, record.positions);
  }
  return { files, positions };
}

function apply(positions: Map<string, StoredPosition>, changes: JournalRecord['positions']): void {
  for (const [name, position] of Object.entries(changes)) {
    if (position === null) positions.delete(name);
    else positions.set(name, position);
  }
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.datasync();
  } catch (error) {
    throw spoolError('fdatasync', path, error);
  } finally {
    await handle.close();
  }
}

async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    at += (await handle.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
  }
}
