import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Listener } from '#core/plugin/discovery.ts';
import { nginxDiscovery } from './discovery.ts';

const COMMAND = ['nginx: master process /usr/sbin/nginx -c /srv/web/nginx.conf'];
const NGINX: Listener = { address: '0.0.0.0', port: 8080, pid: 7, program: 'nginx', commandLine: COMMAND };

test('the configuration of a running server is read, the one it was started with too', () => {
  const files = nginxDiscovery.files?.([NGINX]) ?? [];
  assert.ok(files.includes('/etc/nginx/nginx.conf'));
  assert.ok(files.includes('/srv/web/nginx.conf'));
  assert.deepEqual(nginxDiscovery.files?.([{ ...NGINX, program: 'apache2' }]), []);
});

test('locations of stub_status come before the usual paths, for each port once', () => {
  const text = `server {
    location / { root /srv; }
    location = /own/status { access_log off; stub_status; allow 127.0.0.1; }
    location /old { stub_status on; }
  }`;
  const listeners = [NGINX, { ...NGINX, address: '::' }, { ...NGINX, port: 443 }];
  const proposals = nginxDiscovery.propose({ listeners, files: new Map([['/srv/web/nginx.conf', text]]) });
  assert.deepEqual(
    proposals.map(({ candidates }) => candidates.slice(0, 3)),
    ['http://127.0.0.1:8080', 'https://127.0.0.1:443'].map((base) => [
      { url: `${base}/own/status` },
      { url: `${base}/old` },
      { url: `${base}/nginx_status` },
    ]),
  );
  assert.match(proposals[0]?.seen ?? '', /nginx \(process 7\) listens on 0\.0\.0\.0:8080/);
});
