import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const VARNISH = '/usr/sbin/varnishd';

/** Why Varnish cannot be measured here, or false. */
export const noVarnish: string | false = existsSync(VARNISH) ? false : 'varnish is not installed';

/** A Varnish with these backends (VCL); its instance is the folder `instance` of its folder. */
export async function startVarnish(vcl: string): Promise<Peer> {
  const port = await freePort();
  const folder = await peerFolder('varnish');
  // It works as other users, who compile the VCL.
  await chmod(folder, 0o755);
  const file = join(folder, 'test.vcl');
  await writeFile(file, `vcl 4.1;\n${vcl}\n`);
  const small = ['-p', 'thread_pool_min=10', '-p', 'thread_pools=1', '-s', 'malloc,16m'];
  const places = ['-n', join(folder, 'instance'), '-a', `127.0.0.1:${port}`, '-f', file, '-T', 'none'];
  const peer = new Peer({ program: VARNISH, args: ['-F', ...places, ...small], port, folder });
  await peer.start();
  return peer;
}
