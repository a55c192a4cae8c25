import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const NGINX = '/usr/sbin/nginx';

/** Why nginx cannot be measured here, or false. */
export const noNginx: string | false = existsSync(NGINX) ? false : 'nginx is not installed';

/** The place of its status page. */
export const STATUS_PATH = '/server/health-page';

/** An nginx in the foreground with a status page; `more` stands in its server block. */
export async function startNginx(more = ''): Promise<Peer> {
  const port = await freePort();
  const folder = await peerFolder('nginx');
  const config = join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await writeFile(
    config,
    `user root; daemon off; master_process on; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 64; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  server {
    listen 127.0.0.1:${port};
    location / { return 204; }
    location = ${STATUS_PATH} { stub_status; ${more} }
  }
}
`,
  );
  const peer = new Peer({ program: NGINX, args: ['-c', config, '-e', join(folder, 'error.log')], port, folder });
  await peer.start();
  return peer;
}
