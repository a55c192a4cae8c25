import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import { test } from 'node:test';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import type { HostFacts } from '#core/plugin/discovery.ts';
import { systemClock } from '#io/clock.ts';
import { type FactsByPlugin, followHost } from './host-facts.ts';
import { parseListening } from './listening-sockets.ts';

const TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:18EB 00000000:0000 0A 00000000:00000000 00:00000000 00000000   107        0 18123 1 0000 100 0 0 10 0
   1: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 18200 1 0000 100 0 0 10 0
   2: 0100007F:18EB 0100007F:C350 01 00000000:00000000 00:00000000 00000000   107        0 18201 1 0000 100 0 0 10 0
`;
const TCP6 = `  sl  local_address                         remote_address                        st
   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 18300 1
   1: 00000000000000000000000001000000:18EB 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 18301 1
   2: 0000000000000000FFFF00000100007F:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 18302 1
`;

test('listening sockets are read from the tables of the kernel', () => {
  assert.deepEqual(parseListening(TCP), [
    { address: '127.0.0.1', port: 6379, inode: '18123' },
    { address: '0.0.0.0', port: 80, inode: '18200' },
  ]);
  assert.deepEqual(parseListening(TCP6), [
    { address: '::', port: 80, inode: '18300' },
    { address: '::1', port: 6379, inode: '18301' },
    { address: '127.0.0.1', port: 8080, inode: '18302' },
  ]);
});

test('a socket of this process is seen with its program and command line; files that are asked for are read', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const plugin = {
    discovery: { files: () => [`${import.meta.dirname}/host-f*.ts`, '/no/such/file'], propose: () => [] },
  };
  const plugins = new Map([
    ['own', plugin as unknown as CollectorPlugin],
    ['other', {} as CollectorPlugin],
  ]);
  const told: FactsByPlugin[] = [];
  const stop = new AbortController();
  await followHost(
    { plugins, clock: systemClock },
    async (facts) => {
      told.push(facts);
      stop.abort();
    },
    stop.signal,
  );
  server.close();
  const { listeners, files }: HostFacts = told[0]?.get('own') ?? { listeners: [], files: new Map() };
  const own = listeners.find((one) => one.port === port);
  assert.equal(own?.pid, process.pid);
  assert.equal(own?.program, basename(process.execPath));
  assert.ok(own.commandLine.some((word) => word.endsWith(basename(process.argv[1] ?? ''))));
  assert.deepEqual(
    [...files.keys()].map((path) => basename(path)),
    ['host-facts.test.ts', 'host-facts.ts'],
  );
  assert.equal(told[0]?.has('other'), false);
});
