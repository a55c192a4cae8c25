import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Listener } from '#core/plugin/discovery.ts';
import { unwatchedPorts } from './unwatched-ports.ts';

const listener = (port: number, address = '0.0.0.0', pid = port, program = 'p'): Listener => ({
  ...{ port, address, pid, program, commandLine: [] },
});
const status = (host: string, instance?: string) => ({
  labels: { host, ...(instance === undefined ? {} : { instance }) },
});
const watched = (...statuses: ReturnType<typeof status>[]) => ({ host: 'here', statuses, ownPids: new Set([7]) });

test('a port that nothing collects from is told once, with all its addresses and who holds it', () => {
  const found = unwatchedPorts([listener(22, '::', 0, ''), listener(22, '0.0.0.0', 5, 'sshd')], watched());
  const addresses = ['::', '0.0.0.0'];
  assert.deepEqual(found, [{ port: 22, addresses, reach: '127.0.0.1', program: 'sshd', pid: 5 }]);
});

test('ports of targets of this machine are left out, those of others are not', () => {
  const statuses = [status('here', 'here:80'), status('there', 'there:81'), status('here')];
  const found = unwatchedPorts([listener(80), listener(81)], watched(...statuses));
  assert.deepEqual(
    found.map(({ port }) => port),
    [81],
  );
});

test('the product itself is left out', () => {
  assert.deepEqual(unwatchedPorts([listener(9_000, '127.0.0.1', 7)], watched()), []);
});
