import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '#core/errors.ts';
import { lockDirectory } from '#io/directory-lock.ts';

const REASONS: Readonly<Record<string, string>> = {
  EROFS: 'the file system is read-only',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'there is a file of that name',
};

/** Makes and takes the data directory; what it returns gives it back. Throws one sentence when it cannot be used. */
export async function openDataDirectory(directory: string): Promise<() => Promise<void>> {
  try {
    await makeFolder(directory);
    const probe = join(directory, `.write-test-${process.pid}`);
    await writeFile(probe, 'x');
    await rm(probe);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const reason = REASONS[code] ?? code;
    const message = `cannot write to the data folder ${directory}: ${reason}; choose another with NOCMATE_DATA`;
    throw new AppError('forbidden', message, { cause: error });
  }
  return lockDirectory(directory);
}

/** Makes a folder with its parents. A recursive `mkdir` says ENOENT on a read-only disk; a plain one says why. */
async function makeFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await makeFolder(dirname(directory));
    await mkdir(directory);
  }
}
