import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const REDIS = '/usr/bin/redis-server';

/** Why Redis cannot be measured here, or false. */
export const noRedis: string | false = existsSync(REDIS) ? false : 'redis-server is not installed';

/** A Redis server that keeps nothing; further arguments as on its command line. */
export async function startRedis(args: readonly string[] = [], known?: number): Promise<Peer> {
  const port = known ?? (await freePort());
  const folder = await peerFolder('redis');
  const listen = args.includes('--tls-port') ? [] : ['--port', String(port)];
  const all = [...listen, '--bind', '127.0.0.1', '--save', '', '--dir', folder, ...args];
  const peer = new Peer({ program: REDIS, args: all, port, folder });
  await peer.start();
  return peer;
}

/** What `redis-cli` answers. */
export async function redisCli(peer: Peer, ...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('/usr/bin/redis-cli', ['-p', String(peer.port), ...words]);
  return stdout.trim();
}
