import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Listener } from '#core/plugin/discovery.ts';
import { apacheDiscovery } from './discovery.ts';
import { parseStatus } from './parse.ts';

const DATA = join(import.meta.dirname, '../../../../../shared/data/fixtures');

test('pages of other releases and of lighttpd are read', {
  skip: existsSync(DATA) ? false : 'no ../shared/data',
}, () => {
  const read = (file: string, metric: string, state?: string): number | undefined =>
    parseStatus(readFileSync(join(DATA, file), 'utf8')).values.find(
      (one) => one.metric === metric && (state === undefined || one.labels?.['state'] === state),
    )?.value;
  assert.equal(read('apache/server-status-live-4', 'apache_requests_total'), 329);
  assert.equal(read('apache/server-status-live-4', 'apache_traffic_bytes_total'), 4949 * 1024);
  assert.equal(read('gpl-netdata/apache/extended-status-mpm-event.txt', 'apache_request_time_seconds_total'), 0.001);
  assert.equal(read('gpl-netdata/apache/extended-status-mpm-prefork.txt', 'apache_scoreboard', 'waiting'), 3);
  assert.equal(read('gpl-netdata/apache/simple-status-mpm-event.txt', 'apache_requests_total'), undefined);
  assert.equal(read('gpl-netdata/apache/lighttpd-status.txt', 'apache_workers', 'idle'), 125);
});

test('the page for people is a typed error', () => {
  assert.throws(() => parseStatus('<!DOCTYPE HTML><html><h1>Apache Server Status</h1>'), {
    name: 'CollectError',
    kind: 'protocol',
  });
});

test('a server is proposed once, by its plain port, with the paths of its configuration first', () => {
  const listener = (port: number, pid: number): Listener => {
    return { address: '::', port, pid, program: 'apache2', commandLine: ['/usr/sbin/apache2'] };
  };
  const files = new Map([['status.conf', '<Location /private/status>\n  SetHandler server-status\n</Location>']]);
  const proposals = apacheDiscovery.propose({
    listeners: [listener(443, 7), listener(80, 7), listener(8443, 9)],
    files,
  });
  assert.deepEqual(
    proposals.map(({ candidates }) => candidates.map(({ url }) => url)),
    [
      ['http://127.0.0.1:80/private/status', 'http://127.0.0.1:80/server-status'],
      ['https://127.0.0.1:8443/private/status', 'https://127.0.0.1:8443/server-status'],
    ],
  );
});
