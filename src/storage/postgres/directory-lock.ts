import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { identify, isAlive } from './process-identity.ts';

const Owner = z.object({ pid: z.number(), started: z.string() });
const ATTEMPTS = 5;

/**
 * Takes a directory for this process; what it returns gives it back. Throws `conflict` while another live process has
 * it. A lock left behind by a dead process is replaced.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = join(directory, 'owner.json');
  const self = await identify(process.pid);
  if (self === undefined) throw new AppError('internal', 'this process does not find itself in the process table');
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await publish(path, JSON.stringify(self))) return () => rm(path, { force: true });
    await removeStale(path, directory);
  }
  throw new AppError('conflict', `several processes fight for ${directory}: start only one of them`);
}

/** Creates the file with its whole content at once, so that nobody ever reads half a lock; false when it exists. */
async function publish(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    await rm(draft, { force: true });
  }
}

/** The live process that has the directory, if any. */
export async function ownerOf(directory: string): Promise<number | undefined> {
  const text = await readFile(join(directory, 'owner.json'), 'utf8').catch(() => '');
  const owner = Owner.safeParse(parseJson(text));
  return owner.success && (await isAlive(owner.data)) ? owner.data.pid : undefined;
}

async function removeStale(path: string, directory: string): Promise<void> {
  const before = await readFile(path, 'utf8').catch(() => '');
  const owner = Owner.safeParse(parseJson(before));
  if (owner.success && (await isAlive(owner.data))) {
    throw new AppError(
      'conflict',
      `${directory} is in use by process ${owner.data.pid}: stop that one first, or use another data folder`,
    );
  }
  // Renaming first keeps a lock that another process took in between from being thrown away unseen.
  const aside = `${path}.${randomUUID()}`;
  await rename(path, aside).catch(() => undefined);
  const moved = await readFile(aside, 'utf8').catch(() => before);
  if (moved !== before) await rename(aside, path);
  else await rm(aside, { force: true });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
