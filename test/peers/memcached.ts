import { existsSync } from 'node:fs';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const MEMCACHED = '/usr/bin/memcached';

/** Why Memcached cannot be measured here, or false. */
export const noMemcached: string | false = existsSync(MEMCACHED) ? false : 'memcached is not installed';

/** A Memcached server; further arguments as on its command line. */
export async function startMemcached(...args: readonly string[]): Promise<Peer> {
  const port = await freePort();
  // Started by root it wants another user; it needs no rights.
  const all = ['-l', '127.0.0.1', '-p', String(port), '-U', '0', '-u', 'nobody', ...args];
  const peer = new Peer({ program: MEMCACHED, args: all, port, folder: await peerFolder('memcached') });
  await peer.start();
  return peer;
}
