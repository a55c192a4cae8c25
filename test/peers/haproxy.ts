import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const HAPROXY = '/usr/sbin/haproxy';

/** Why HAProxy cannot be measured here, or false. */
export const noHaproxy: string | false = existsSync(HAPROXY) ? false : 'haproxy is not installed';

/** The place of its page of statistics, on the same port as all else. */
export const STATS_PATH = '/haproxy/numbers';

/** An HAProxy before these servers (lines of the backend `app`); `more` stands in its frontend. */
export async function startHaproxy(servers: readonly string[], more = ''): Promise<Peer> {
  const port = await freePort();
  const folder = await peerFolder('haproxy');
  const config = join(folder, 'haproxy.cfg');
  await writeFile(
    config,
    `global
  maxconn 200
defaults
  mode http
  timeout connect 1s
  timeout client 10s
  timeout server 10s
frontend web
  bind 127.0.0.1:${port}
  stats enable
  stats uri ${STATS_PATH}
  ${more}
  default_backend app
backend app
  ${servers.join('\n  ')}
`,
  );
  const peer = new Peer({ program: HAPROXY, args: ['-db', '-f', config], port, folder });
  await peer.start();
  return peer;
}
