import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Listener } from '#core/plugin/discovery.ts';
import { jettyDiscovery } from './discovery.ts';

test('each Jetty is proposed once, and nothing else', () => {
  const listener = (port: number, ...commandLine: string[]): Listener => {
    return { address: '::', port, pid: port < 8_100 ? 7 : 8, program: 'java', commandLine: ['java', ...commandLine] };
  };
  const jetty = ['-Djetty.base=/srv', '-jar', '/usr/share/jetty9/start.jar'];
  const listeners = [
    listener(8080, ...jetty),
    listener(8081, ...jetty),
    listener(8443, ...jetty),
    listener(8200, '-jar', 'x/start.jar'),
  ];
  assert.deepEqual(
    jettyDiscovery.propose({ listeners, files: new Map() }).map(({ candidates }) => candidates[0]?.['url']),
    ['http://127.0.0.1:8080/jolokia', 'https://127.0.0.1:8443/jolokia'],
  );
});
