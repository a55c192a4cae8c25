import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SelfStatus } from '#core/api/status.ts';
import { graphiteTarget, oneSampleCommand } from './send-commands.ts';

const self = (...listeners: [string, string][]): SelfStatus =>
  ({ listeners: listeners.map(([name, address]) => ({ name, address, connections: 0 })) }) as unknown as SelfStatus;

const CASES: readonly (readonly [string, string, string, boolean])[] = [
  ['127.0.0.1:2103', '127.0.0.1', '2103', true],
  ['tcp://10.0.0.5:2003', '10.0.0.5', '2003', false],
  ['0.0.0.0:2003', 'noc.example', '2003', false],
  ['[::]:2003', 'noc.example', '2003', false],
  ['[::1]:2003', '::1', '2003', true],
];

for (const [address, host, port, isLoopback] of CASES) {
  test(`a listener on ${address} is reached at ${host} ${port}`, () => {
    const status = self(['graphite pickle', '127.0.0.1:2004'], ['graphite', address]);
    assert.deepEqual(graphiteTarget(status, 'noc.example'), { host, port, isLoopback });
  });
}

test('without a known listener the standard one is named', () => {
  assert.equal(
    oneSampleCommand(graphiteTarget(undefined, 'x')),
    'echo "test.first 42 $(date +%s)" | nc -w1 127.0.0.1 2003',
  );
  assert.equal(graphiteTarget(self(['http', '127.0.0.1:8400']), 'x').port, '2003');
});
