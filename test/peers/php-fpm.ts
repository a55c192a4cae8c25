import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const FOLDER = '/usr/sbin';
const PROGRAM = readdirSync(FOLDER).find((name) => /^php-fpm\d/.test(name));

/** Why PHP-FPM cannot be measured here, or false. */
export const noPhpFpm: string | false = PROGRAM === undefined ? 'php-fpm is not installed' : false;

/** The place of its status page. */
export const STATUS_PATH = '/pool/status';

/** A PHP-FPM with the pool `shop` on a port and the pool `back` on the socket `back.sock` of its folder. */
export async function startPhpFpm(): Promise<Peer> {
  const port = await freePort();
  const folder = await peerFolder('php-fpm');
  const config = join(folder, 'fpm.conf');
  const pool = (name: string, listen: string): string => `[${name}]
user = nobody
listen = ${listen}
pm = static
pm.max_children = 2
pm.status_path = ${STATUS_PATH}
`;
  const text = `[global]
pid = ${folder}/pid
error_log = ${folder}/error.log
daemonize = no
${pool('shop', `127.0.0.1:${port}`)}
${pool('back', join(folder, 'back.sock'))}`;
  await writeFile(config, text);
  const peer = new Peer({ program: join(FOLDER, PROGRAM ?? ''), args: ['-n', '-y', config], port, folder });
  await peer.start();
  return peer;
}
