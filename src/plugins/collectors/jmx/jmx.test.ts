import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Listener } from '#core/plugin/discovery.ts';
import { jmxDiscovery } from './discovery.ts';

test('ports are found by the flags of their process', () => {
  const listener = (port: number, ...flags: string[]): Listener => {
    return { address: '0.0.0.0', port, pid: 7, program: 'java', commandLine: ['java', ...flags, 'shop.Main'] };
  };
  const jmx = '-Dcom.sun.management.jmxremote.port=9010';
  const listeners = [listener(8080, jmx), listener(9010, jmx), listener(7199, '-Dcassandra.jmx.local.port=7199')];
  assert.deepEqual(
    jmxDiscovery.propose({ listeners, files: new Map() }).flatMap(({ candidates }) => candidates),
    [{ address: '127.0.0.1:9010' }, { address: '127.0.0.1:7199' }],
  );
});
