import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { closedGuard, openGuard } from './address-guard.ts';
import { createProbeTool } from './probe-tool.ts';

const SIGNAL = new AbortController().signal;

/** A server that says nothing, and a tool. */
async function silent(t: TestContext, guard = openGuard) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { probe, close } = createProbeTool(guard);
  t.after(() => {
    close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { probe, close, port: (server.address() as AddressInfo).port };
}

test('steps are measured as far as they are needed', async (t) => {
  const { probe, port } = await silent(t);
  const byName = await probe.open({ host: 'localhost', port }, { signal: SIGNAL });
  assert.deepEqual(Object.keys(byName.timings), ['lookup', 'connect']);
  const byAddress = await probe.open({ host: '127.0.0.1', port }, { signal: SIGNAL });
  assert.deepEqual(Object.keys(byAddress.timings), ['connect']);
  assert.notEqual(byName.socket.localPort, byAddress.socket.localPort);
});

test('addresses that are not for targets of the page are refused', async (t) => {
  const { probe, port } = await silent(t, closedGuard());
  for (const host of ['169.254.169.254', '0.0.0.0', 'fe80::1']) {
    await assert.rejects(probe.open({ host, port }, { signal: SIGNAL }), { kind: 'forbidden' });
  }
  (await probe.open({ host: 'localhost', port }, { signal: SIGNAL })).socket.destroy();
});

test('a handshake that hangs is given up with its signal, and the connection is closed', async (t) => {
  const { probe, port } = await silent(t);
  const run = new AbortController();
  const opening = probe.open({ host: '127.0.0.1', port }, { signal: run.signal, tls: true });
  const late = new Error('late');
  setImmediate(() => run.abort(late));
  await assert.rejects(opening, late);
});

test('connections are closed with the target', async (t) => {
  const { probe, close, port } = await silent(t);
  const { socket } = await probe.open({ host: '127.0.0.1', port }, { signal: SIGNAL });
  close();
  await once(socket, 'close');
  assert.ok(socket.destroyed);
});

test('TLS that is under way is closed with the target, and the process lives', async (t) => {
  const { probe, close, port } = await silent(t);
  const plain = await probe.open({ host: '127.0.0.1', port }, { signal: SIGNAL });
  const securing = probe.secure(plain, { host: '127.0.0.1', port }, { signal: SIGNAL });
  close();
  await assert.rejects(securing, { kind: 'unreachable' });
  assert.ok(plain.socket.destroyed);
});
