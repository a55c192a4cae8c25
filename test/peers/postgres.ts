import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { findNative, prepareBinaries } from '#storage/postgres/binaries.ts';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

/** Of the superuser `postgres`. */
const PASSWORD = 'right horse';
const PSQL = '/usr/lib/postgresql/15/bin/psql';
/** It refuses to run as root. */
const USER = { name: 'nobody', uid: 65_534, gid: 65_534 };
const DEBIAN = '/usr/lib/postgresql/15/bin';

/** Why Debian's PostgreSQL 15 cannot be measured here, or false. */
export const noPostgres15: string | false = existsSync(join(DEBIAN, 'postgres'))
  ? false
  : 'postgresql-15 is not installed';

type Programs = { readonly initdb: string; readonly postgres: string; readonly env: Readonly<Record<string, string>> };

/**
 * A PostgreSQL of its own, where `postgres` has the password `right horse`: the one that the product brings, or Debian's.
 * Further arguments are settings, like `shared_preload_libraries=pg_stat_statements`.
 */
export async function startPostgres(settings: readonly string[] = [], version: 15 | 18 = 18): Promise<Peer> {
  const port = await freePort();
  const folder = await peerFolder('postgres');
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await chown(folder, USER.uid, USER.gid);
  const programs = await programsOf(version, folder, isRoot);
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, PASSWORD);
  const access = ['-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const init = ['-D', data, '--no-sync', '--no-instructions', '--encoding=UTF8', '--locale=C', ...access];
  await promisify(execFile)(...commandOf(programs, isRoot, [programs.initdb, ...init]), { cwd: folder });
  return run(programs, { port, folder, isRoot, settings });
}

/** A standby of a PostgreSQL 15, which follows it. */
export async function startStandby(primary: Peer): Promise<Peer> {
  const port = await freePort();
  const folder = await peerFolder('standby');
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await chown(folder, USER.uid, USER.gid);
  const programs = await programsOf(15, folder, isRoot);
  const url = `postgresql://postgres:right%20horse@127.0.0.1:${primary.port}/`;
  const backup = [
    join(DEBIAN, 'pg_basebackup'),
    '-d',
    url,
    '-D',
    join(folder, 'data'),
    '-R',
    '-X',
    'stream',
    '-c',
    'fast',
  ];
  await promisify(execFile)(...commandOf(programs, isRoot, backup), { cwd: folder });
  return run(programs, { port, folder, isRoot, settings: [] });
}

type Place = {
  readonly port: number;
  readonly folder: string;
  readonly isRoot: boolean;
  readonly settings: readonly string[];
};

async function run(programs: Programs, { port, folder, isRoot, settings }: Place): Promise<Peer> {
  const own = ['fsync=off', 'shared_buffers=16MB', 'max_connections=20', 'unix_socket_directories='];
  const set = [...own, ...settings].flatMap((one) => ['-c', one]);
  const command = [programs.postgres, '-D', join(folder, 'data'), '-h', '127.0.0.1', '-p', String(port), ...set];
  const [program, args] = commandOf(programs, isRoot, command);
  const peer = new PostgresPeer({ program, args, port, folder });
  await peer.start();
  return peer;
}

/** Ends at once, whoever is connected; with SIGTERM it would wait for them. */
class PostgresPeer extends Peer {
  override async stop(...how: Parameters<Peer['stop']>): Promise<void> {
    const file = await readFile(join(this.folder, 'data', 'postmaster.pid'), 'utf8').catch(() => '');
    const pid = Number(file.split('\n', 1)[0]);
    if (pid > 0) process.kill(pid, 'SIGINT');
    await super.stop(...how);
  }

  /** It listens before it takes logins. */
  override async start(): Promise<void> {
    await super.start();
    while (!(await this.#takesLogins()));
  }

  async #takesLogins(): Promise<boolean> {
    const login = { host: '127.0.0.1', port: this.port, user: 'postgres', password: PASSWORD, database: 'postgres' };
    const client = new pg.Client(login);
    try {
      await client.connect();
      return true;
    } catch (error) {
      if ((error as { code?: string }).code !== '57P03') throw error;
      return false;
    } finally {
      await client.end();
    }
  }
}

/** What `psql` answers as superuser: rows of columns between `|`. */
export async function psql(peer: Peer, sql: string, database = 'postgres'): Promise<string> {
  const url = `postgresql://postgres:right%20horse@127.0.0.1:${peer.port}/${database}`;
  const { stdout } = await promisify(execFile)(PSQL, ['-X', '-At', '-v', 'ON_ERROR_STOP=1', '-c', sql, url]);
  return stdout.trim();
}

/** Why `psql` cannot be asked here, or false. */
export const noPsql: string | false = existsSync(PSQL) ? false : 'postgresql-client-15 is not installed';

async function programsOf(version: 15 | 18, folder: string, isRoot: boolean): Promise<Programs> {
  if (version === 15) return { initdb: join(DEBIAN, 'initdb'), postgres: join(DEBIAN, 'postgres'), env: {} };
  const home = join(folder, 'programs');
  await mkdir(home);
  return prepareBinaries(findNative(), home, isRoot ? USER : undefined);
}

/** As an account without rights where we are root. */
function commandOf({ env }: Programs, isRoot: boolean, command: readonly string[]): [program: string, args: string[]] {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const account = isRoot ? ['setpriv', `--reuid=${USER.uid}`, `--regid=${USER.gid}`, '--clear-groups'] : [];
  return ['/usr/bin/env', [...variables, ...account, ...command]];
}
