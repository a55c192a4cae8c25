import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const APACHE = '/usr/sbin/apache2';
const MODULES = '/usr/lib/apache2/modules';
const LOADED = [
  'mpm_event',
  ...['authn_core', 'authz_core', 'authz_user', 'auth_basic', 'authn_file', 'status'],
  ...['slotmem_shm', 'proxy', 'proxy_http', 'proxy_balancer', 'lbmethod_byrequests'],
];

/** Why Apache cannot be measured here, or false. */
export const noApache: string | false = existsSync(APACHE) ? false : 'apache2 is not installed';

/** The place of its status page. */
export const STATUS_PATH = '/server-status';

/** An Apache in the foreground with a status page; `more` stands in its configuration, `inStatus` in that of the page. */
export async function startApache({ more = '', inStatus = '' } = {}): Promise<Peer> {
  const port = await freePort();
  const folder = await peerFolder('apache');
  // Its workers are another user's, who must get to the files.
  await chmod(folder, 0o755);
  const config = join(folder, 'apache.conf');
  await writeFile(
    config,
    `ServerRoot ${folder}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${folder}/pid
Mutex file:${folder} default
ErrorLog ${folder}/error.log
DocumentRoot ${folder}
${LOADED.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
User nobody
Group nogroup
StartServers 1
ThreadsPerChild 8
MaxRequestWorkers 16
ExtendedStatus On
ProxyStatus On
<Location ${STATUS_PATH}>
  SetHandler server-status
  ${inStatus}
</Location>
${more}
`,
  );
  const peer = new Peer({ program: APACHE, args: ['-D', 'FOREGROUND', '-f', config], port, folder });
  await peer.start();
  return peer;
}
