import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#core/errors.ts';
import type { Logger } from '#io/log.ts';
import { syncFolder } from '#io/write-durably.ts';
import type { Binaries } from './binaries.ts';
import type { Home } from './home.ts';
import { followServerLog } from './server-log.ts';

/** The superuser of the embedded cluster. */
export const SUPERUSER = 'nocmate';
/** Major version of the packaged programs: a cluster of another one is refused. */
const MAJOR_VERSION = '18';
const SECRET_BYTES = 32;
const WORKSHOP = 'init-';

/** Makes the cluster if there is none and returns its password. An interrupted first start leaves nothing half made. */
export async function prepareCluster(home: Home, binaries: Binaries, logger: Logger): Promise<string> {
  const version = await readFile(join(home.data, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) return initialise(home, binaries, logger);
  if (version.trim() !== MAJOR_VERSION) {
    const message = `${home.data} is of PostgreSQL ${version.trim()}, this release brings ${MAJOR_VERSION}`;
    throw new AppError('conflict', `${message}: use the release that made it, or move the folder away`);
  }
  return readFile(home.passwordFile, 'utf8').catch((error: unknown) => {
    throw new AppError('not_found', `the password of ${home.data} is missing: restore ${home.passwordFile}`, {
      cause: error,
    });
  });
}

async function initialise(home: Home, binaries: Binaries, logger: Logger): Promise<string> {
  const password = randomBytes(SECRET_BYTES).toString('base64url');
  // initdb wants a folder of its own account around the new cluster, for the file with the password.
  // Its name is of this process: an initdb whose starter was killed may still be writing to the one before.
  const workshop = join(home.directory, `${WORKSHOP}${process.pid}`);
  await removeWorkshops(home.directory, logger);
  await mkdir(workshop, { mode: 0o700 });
  const passwordCopy = join(workshop, 'password');
  await writeFile(passwordCopy, password, { mode: 0o600 });
  for (const path of home.user === undefined ? [] : [workshop, passwordCopy]) {
    await chown(path, home.user?.uid ?? -1, home.user?.gid ?? -1);
  }
  await runInitdb(join(workshop, 'data'), passwordCopy, { home, binaries, logger });
  await keepPassword(home.passwordFile, password);
  await rename(join(workshop, 'data'), home.data);
  await syncFolder(home.directory);
  await removeWorkshops(home.directory, logger);
  return password;
}

/** Removes what interrupted starts left; what is still being written to goes at the next first start. */
async function removeWorkshops(directory: string, logger: Logger): Promise<void> {
  const names = (await readdir(directory)).filter((name) => name.startsWith(WORKSHOP));
  await Promise.all(
    names.map((name) =>
      rm(join(directory, name), { recursive: true, force: true, maxRetries: 3 }).catch((error: unknown) =>
        logger.debug({ err: error, name }, 'a folder of an interrupted start is still in use'),
      ),
    ),
  );
}

type Context = { readonly home: Home; readonly binaries: Binaries; readonly logger: Logger };

async function runInitdb(data: string, passwordFile: string, { home, binaries, logger }: Context): Promise<void> {
  const flags = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'];
  const access = [`--username=${SUPERUSER}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const child = spawn(binaries.initdb, ['-D', data, ...flags, ...access], {
    cwd: home.directory,
    env: { ...binaries.env },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(home.user === undefined ? {} : { uid: home.user.uid, gid: home.user.gid }),
  });
  const log = followServerLog(child.stderr, logger);
  const [code] = (await once(child, 'close').catch((error: unknown) => {
    throw new AppError('unavailable', `${binaries.initdb} does not start`, { cause: error });
  })) as [number | null];
  if (code !== 0) throw new AppError('unavailable', `the database could not be created in ${data}: ${log.complaint()}`);
}

/** Writes the password so that it is on the disk before the cluster that needs it. */
async function keepPassword(path: string, password: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(password);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(path, 0o600);
}
