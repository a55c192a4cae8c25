import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Listener } from '#core/plugin/discovery.ts';
import { reportUrl, SquidConfig } from './config.ts';
import { squidDiscovery } from './discovery.ts';
import { parseCounters, parseInfo } from './parse.ts';

test('another page is a typed error', () => {
  for (const parse of [parseCounters, parseInfo]) assert.throws(() => parse('<html>'), { kind: 'protocol' });
  assert.equal(
    reportUrl(SquidConfig.parse({ url: 'http://a:3128/x' }), 'info'),
    'http://a:3128/squid-internal-mgr/info',
  );
});

test('each process is proposed once, with all its ports', () => {
  const listener = (port: number, program = 'squid'): Listener => {
    return { address: '::', port, pid: 7, program, commandLine: [program] };
  };
  const listeners = [listener(3128), listener(8080), listener(80, 'nginx')];
  assert.deepEqual(
    squidDiscovery.propose({ listeners, files: new Map() }).map(({ candidates }) => candidates),
    [[{ url: 'http://127.0.0.1:3128' }, { url: 'http://127.0.0.1:8080' }]],
  );
});
