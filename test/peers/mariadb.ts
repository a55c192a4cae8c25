import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const MARIADB = '/usr/sbin/mariadbd';
/** It refuses to run as root. */
const USER = { name: 'nobody', uid: 65_534, gid: 65_534 };

/** Why MariaDB cannot be measured here, or false. */
export const noMariadb: string | false = existsSync(MARIADB) ? false : 'mariadb-server is not installed';

/** A MariaDB of its own, small, where root has no password; further arguments as on its command line. */
export async function startMariadb(args: readonly string[] = []): Promise<Peer> {
  const port = await freePort();
  const folder = await peerFolder('mariadb');
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await chown(folder, USER.uid, USER.gid);
  const data = join(folder, 'data');
  const user = isRoot ? [`--user=${USER.name}`] : [];
  const once = ['--no-defaults', '--skip-test-db', '--auth-root-authentication-method=normal'];
  await promisify(execFile)('/usr/bin/mariadb-install-db', [...once, ...user, `--datadir=${data}`]);
  const small = ['--innodb-buffer-pool-size=32M', '--innodb-log-file-size=8M', '--innodb-flush-log-at-trx-commit=0'];
  const place = [`--datadir=${data}`, `--socket=${join(folder, 's')}`, `--port=${port}`, '--bind-address=127.0.0.1'];
  const all = ['--no-defaults', ...user, ...place, ...small, ...args];
  const peer = new Peer({ program: MARIADB, args: all, port, folder });
  await peer.start();
  return peer;
}

/** What the client `mariadb` answers as root: rows of columns between tabs. */
export async function mariadbCli(peer: Peer, sql: string): Promise<string> {
  const login = ['--no-defaults', '-uroot', '-h127.0.0.1', `-P${peer.port}`, '-NBe'];
  const { stdout } = await promisify(execFile)('/usr/bin/mariadb', [...login, sql]);
  return stdout.trim();
}
