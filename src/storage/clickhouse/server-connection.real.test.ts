import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { systemClock } from '#io/clock.ts';
import { ServerConnection } from './server-connection.ts';

test('a server that falls silent costs the requests that wait, and is used again when it answers', {
  timeout: 60_000,
}, async (t) => {
  let isSilent = false;
  const server = createServer((request, response) => {
    request.resume();
    if (!isSilent) response.end('{"version":"1.2"}\n');
  }).listen(0, '127.0.0.1');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const connection = new ServerConnection(`http://127.0.0.1:${port}/db`, systemClock);
  t.after(() => connection.stop());
  await connection.start();
  assert.deepEqual([connection.status().state, connection.version()], ['up', '1.2']);
  isSilent = true;
  await assert.rejects(connection.client().exec({ query: 'SELECT 1' }));
  assert.equal(connection.status().state, 'degraded');
  isSilent = false;
  const { stream } = await connection.client().exec({ query: 'SELECT 1' });
  stream.resume();
  await once(stream, 'end');
});
