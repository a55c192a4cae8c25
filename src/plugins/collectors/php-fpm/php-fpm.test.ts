import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { addressOf, PhpFpmConfig } from './config.ts';
import { phpFpmDiscovery } from './discovery.ts';
import { parseCgi } from './fastcgi.ts';
import { parseStatus } from './parse.ts';

const DATA = join(import.meta.dirname, '../../../../../shared/data/fixtures/gpl-netdata/phpfpm');

test('recorded pages: with processes, without, and with a duration across a step of the clock', {
  skip: existsSync(DATA) ? false : 'no ../shared/data',
}, () => {
  const read = (file: string, metric: string, label = 'www'): number | undefined =>
    parseStatus(readFileSync(join(DATA, file), 'utf8')).values.find(
      (one) => one.metric === metric && Object.values(one.labels ?? {}).includes(label),
    )?.value;
  assert.equal(read('status.json', 'phpfpm_requests_accepted_total'), 21);
  assert.equal(read('status.json', 'phpfpm_last_request_memory_bytes'), undefined);
  assert.equal(read('status-full.json', 'phpfpm_last_request_duration_seconds', 'max'), 919 * 1e-6);
  assert.equal(read('status-full.json', 'phpfpm_last_request_memory_bytes', 'mean'), 2_097_152);
  assert.equal(read('status-full-no-idle.json', 'phpfpm_last_request_memory_bytes'), undefined);
});

test('addresses of requests that break the JSON cost the processes only', () => {
  const text = '{"pool":"www","start time":1,"accepted conn":3,"processes":[{"state":"Idle","request uri":"/a"b"}]}';
  assert.deepEqual(parseStatus(text).values, [
    { metric: 'phpfpm_requests_accepted_total', labels: { pool: 'www' }, value: 3 },
  ]);
});

test('another page is a typed error', () => {
  for (const text of ['<html>', 'File not found.', '{}', '7', '{"pool":']) {
    assert.throws(() => parseStatus(text), { kind: 'protocol' }, text);
  }
});

test('answers over FastCGI: status and body', () => {
  assert.deepEqual(parseCgi('Status: 404 Not Found\r\nContent-type: text/html\r\n\r\nFile not found.\n'), {
    ...{ status: 404, body: 'File not found.\n' },
  });
  assert.deepEqual(parseCgi('Content-Type: a\n\n{}'), { status: 200, body: '{}' });
  assert.throws(() => parseCgi('nothing'), { kind: 'protocol' });
});

test('addresses: ports by scheme; what is no URL is refused', () => {
  const address = (url: string) => addressOf(PhpFpmConfig.parse({ url }));
  assert.deepEqual(address('fcgi://app-1/status'), { host: 'app-1', port: 9_000 });
  assert.deepEqual(address('fcgi://[::1]:9001/status'), { host: '::1', port: 9_001 });
  assert.deepEqual(address('https://web/status'), { host: 'web', port: 443 });
  for (const url of ['app-1', 'ftp://a/b', 'http://me:word@a/status', 'fcgi:///status']) {
    assert.equal(PhpFpmConfig.safeParse({ url }).success, false, url);
  }
});

test('pools are found in the configuration, where they have a status page', () => {
  const text = `[www]
listen = /run/php/php-$pool.sock
pm.status_path = /status
[api]
listen = 9001
pm.status_path = /s ; the page
[open]
listen = 0.0.0.0:9002
pm.status_path = "/o"
[none]
listen = /run/none.sock
;pm.status_path = /status
`;
  const files = new Map([['/etc/php/8.2/fpm/pool.d/www.conf', text]]);
  assert.deepEqual(
    phpFpmDiscovery.propose({ listeners: [], files }).flatMap(({ candidates }) => candidates),
    [
      { url: 'fcgi://localhost/status', socket: '/run/php/php-www.sock' },
      { url: 'fcgi://127.0.0.1:9001/s' },
      { url: 'fcgi://127.0.0.1:9002/o' },
    ],
  );
});
