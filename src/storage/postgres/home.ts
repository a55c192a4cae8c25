import { createHash, randomUUID } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readFile, realpath, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '#core/errors.ts';
import type { Logger } from '#io/log.ts';
import { barrierTo, chooseRunUser, type RunUser } from './run-user.ts';

/** Places of the embedded server. */
export type Home = {
  readonly directory: string;
  /** PGDATA. */
  readonly data: string;
  readonly passwordFile: string;
  /** 0700, short enough for a socket path. */
  readonly socketDirectory: string;
  /** Set when the children must not run as root. */
  readonly user: RunUser | undefined;
};

/** Length of `sun_path` without its closing zero (unix(7)). */
const MAX_SOCKET_PATH = 107;
const SOCKET_NAME = '/.s.PGSQL.5432';
/** Where a server started by root keeps its files when the run user cannot enter the data directory's parents. */
const FALLBACK = '/var/lib/nocmate-postgres';

/** Finds or makes the folder `postgres` of the data directory and what lies around it. */
export async function prepareHome(dataDir: string, logger: Logger): Promise<Home> {
  await mkdir(dataDir, { recursive: true });
  const user = process.getuid?.() === 0 ? await runUser(join(dataDir, 'postgres', 'data')) : undefined;
  const directory = await homeDirectory(await realpath(dataDir), user, logger);
  await refuseForeign(join(directory, 'data'), user);
  return placesIn(directory, await socketDirectory(directory, user), user);
}

/** The home of an existing cluster, without making or changing anything; undefined when there is none. */
export async function locateHome(dataDir: string): Promise<Home | undefined> {
  const directory = await realpath(join(dataDir, 'postgres')).catch(() => undefined);
  if (directory === undefined) return undefined;
  const data = join(directory, 'data');
  if ((await stat(data).catch(() => undefined)) === undefined) return undefined;
  return placesIn(directory, socketPlace(directory), undefined);
}

function placesIn(directory: string, socketDirectory: string, user: RunUser | undefined): Home {
  return {
    directory,
    data: join(directory, 'data'),
    passwordFile: join(directory, 'password'),
    socketDirectory,
    user,
  };
}

/** The owner of an existing cluster, so that a restart keeps the account; else an unprivileged account of the machine. */
async function runUser(data: string): Promise<RunUser> {
  const owner = await stat(data).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  const user = chooseRunUser(await readFile('/etc/passwd', 'utf8'));
  if (user !== undefined) return user;
  throw new AppError('unavailable', 'PostgreSQL does not run as root and this machine has no user postgres or nobody');
}

async function refuseForeign(data: string, user: RunUser | undefined): Promise<void> {
  const owner = await stat(data).catch(() => undefined);
  const wanted = user?.uid ?? process.getuid?.();
  if (owner === undefined || owner.uid === wanted) return;
  const message = `${data} belongs to uid ${owner.uid} but PostgreSQL runs as uid ${wanted}: chown it, or start as before`;
  throw new AppError('forbidden', message);
}

async function homeDirectory(dataDir: string, user: RunUser | undefined, logger: Logger): Promise<string> {
  const directory = join(dataDir, 'postgres');
  if (user === undefined) {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return directory;
  }
  await letThrough(dataDir, user);
  if ((await lstat(directory).catch(() => undefined)) === undefined) await createFor(user, dataDir, logger);
  const home = await realpath(directory).catch((error: unknown) => {
    throw new AppError('not_found', `${directory} points to a folder that is gone: restore it`, { cause: error });
  });
  // root keeps the folder; the run user may only pass through to what is its own in there.
  await chown(home, 0, user.gid);
  await chmod(home, 0o710);
  return home;
}

async function createFor(user: RunUser, dataDir: string, logger: Logger): Promise<void> {
  const directory = join(dataDir, 'postgres');
  const barrier = await barrierTo(join(dataDir, '..'), user);
  if (barrier === undefined) return mkdir(directory);
  // A new name each time: what an earlier data directory of the same path left there is not ours.
  const elsewhere = join(FALLBACK, randomUUID());
  await mkdir(elsewhere, { recursive: true });
  await chmod(FALLBACK, 0o711);
  await symlink(elsewhere, directory);
  logger.warn({ barrier, user: user.name, directory: elsewhere }, 'database placed where its user can reach it');
}

/** Lets the run user's group pass through the data directory itself, which is ours, without listing it. */
async function letThrough(dataDir: string, user: RunUser): Promise<void> {
  const info = await stat(dataDir);
  const passes = info.mode & (info.gid === user.gid ? 0o010 : 0o001);
  if (passes !== 0 || info.uid === user.uid) return;
  await chown(dataDir, info.uid, user.gid);
  await chmod(dataDir, (info.mode & 0o707) | 0o010);
}

function socketPlace(home: string): string {
  const near = join(home, 'run');
  const key = createHash('sha256').update(home).digest('hex').slice(0, 16);
  const fits = Buffer.byteLength(near + SOCKET_NAME) <= MAX_SOCKET_PATH;
  return fits ? near : join(tmpdir(), `nocmate-${key}`);
}

async function socketDirectory(home: string, user: RunUser | undefined): Promise<string> {
  const directory = socketPlace(home);
  await mkdir(directory, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const info = await lstat(directory);
  const self = process.getuid?.();
  if (!info.isDirectory() || (info.uid !== self && info.uid !== user?.uid)) {
    throw new AppError('forbidden', `${directory} was made by somebody else (uid ${info.uid}): remove it`);
  }
  await chmod(directory, 0o700);
  if (user !== undefined) await chown(directory, user.uid, user.gid);
  return directory;
}
