import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const SQUID = '/usr/sbin/squid';

/** Why Squid cannot be measured here, or false. */
export const noSquid: string | false = existsSync(SQUID) ? false : 'squid is not installed';

/** A Squid that proxies for loopback; `more` stands in its configuration. */
export async function startSquid(more = ''): Promise<Peer> {
  const port = await freePort();
  const folder = await peerFolder('squid');
  // It works as another user, who writes its log.
  await chmod(folder, 0o777);
  const config = join(folder, 'squid.conf');
  await writeFile(
    config,
    `http_port 127.0.0.1:${port}
pid_filename none
cache_log ${folder}/cache.log
access_log none
cache_mem 8 MB
coredump_dir ${folder}
netdb_filename none
pinger_enable off
shutdown_lifetime 0 seconds
visible_hostname test
acl local src 127.0.0.1/32
http_access allow local
${more}
`,
  );
  const peer = new Peer({ program: SQUID, args: ['-N', '-f', config], port, folder });
  await peer.start();
  return peer;
}
