import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { identify, isAlive } from './process-identity.ts';

const Owner = z.object({ pid: z.number(), started: z.string() });
const ATTEMPTS = 100;
const POLL_MS = 10;

const lockFile = (directory: string): string => join(directory, 'owner.json');

/**
 * Takes a directory for this process; what it returns gives it back. Throws `conflict` while another live process has
 * it. A lock left behind by a dead process is replaced.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = lockFile(directory);
  const self = await identify(process.pid);
  if (self === undefined) throw new AppError('internal', 'this process does not find itself in the process table');
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await publish(path, JSON.stringify(self))) return () => rm(path, { force: true });
    await removeStale(path, directory, JSON.stringify(self));
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

/**
 * Removes the lock of a dead process. Only who holds the takeover file may do so: between reading that the owner is
 * dead and removing its lock, nobody else can have put a new one there.
 */
async function removeStale(path: string, directory: string, self: string): Promise<void> {
  const owner = await ownerOf(directory);
  if (owner !== undefined) {
    throw new AppError(
      'conflict',
      `${directory} is in use by process ${owner}: stop that one first, or use another data folder`,
    );
  }
  const takeover = `${path}.takeover`;
  if (!(await publish(takeover, self))) {
    if ((await liveOwner(takeover)) === undefined) await rm(takeover, { force: true });
    else await setTimeout(POLL_MS);
    return;
  }
  try {
    if ((await liveOwner(path)) === undefined) await rm(path, { force: true });
  } finally {
    await rm(takeover, { force: true });
  }
}

/** The live process that has the directory, if any. */
export function ownerOf(directory: string): Promise<number | undefined> {
  return liveOwner(lockFile(directory));
}

async function liveOwner(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const owner = Owner.safeParse(parseJson(text));
  return owner.success && (await isAlive(owner.data)) ? owner.data.pid : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
