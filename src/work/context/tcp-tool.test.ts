import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { TcpAddress } from '#core/plugin/target-context.ts';
import { closedGuard, openGuard } from './address-guard.ts';
import { createTcpTool } from './tcp-tool.ts';

const SIGNAL = new AbortController().signal;

/** A server that does this with each connection, and the tool of one target. */
async function served(t: TestContext, serve: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    serve(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { tcp, close } = createTcpTool(openGuard);
  t.after(() => {
    close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const address: TcpAddress = { host: '127.0.0.1', port };
  return { tcp, close, address, sockets };
}

async function writeEach(socket: Socket, pieces: readonly string[]): Promise<void> {
  for (const piece of pieces) await new Promise((resolve) => socket.write(piece, resolve));
  socket.end();
}

test('lines and blocks are read as they come, however they are cut', async (t) => {
  const { tcp, address } = await served(t, (socket) => {
    socket.once('data', () => void writeEach(socket, ['fir', 'st\r', '\nsec', 'ond\n', '\n', '12345', '67rest']));
  });
  const connection = await tcp.connect(address, { signal: SIGNAL });
  connection.write('go');
  const lines = [
    await connection.readLine(SIGNAL),
    await connection.readLine(SIGNAL),
    await connection.readLine(SIGNAL),
  ];
  assert.deepEqual(lines, ['first', 'second', '']);
  assert.equal(String(await connection.readBytes(7, SIGNAL)), '1234567');
  assert.equal(String(await connection.readAll(SIGNAL)), 'rest');
  assert.equal(connection.isOpen(), false);
  await assert.rejects(connection.readLine(SIGNAL), { kind: 'unreachable', message: /closed the connection/ });
});

test('an answer that is too large is given up', async (t) => {
  const { tcp, address } = await served(t, (socket) => socket.write('x'.repeat(1_000_000)));
  const connection = await tcp.connect(address, { signal: SIGNAL, maxBytes: 1_000 });
  await assert.rejects(connection.readLine(SIGNAL), { kind: 'too_large' });
  assert.equal(connection.isOpen(), false);
  const other = await tcp.connect(address, { signal: SIGNAL, maxBytes: 1_000 });
  await assert.rejects(other.readBytes(2_000, SIGNAL), { kind: 'too_large' });
});

test('a read that is broken off closes the connection', async (t) => {
  const { tcp, address } = await served(t, (socket) => socket.write('no end'));
  const connection = await tcp.connect(address, { signal: SIGNAL });
  const stop = new AbortController();
  const line = connection.readLine(stop.signal);
  stop.abort(new Error('over'));
  await assert.rejects(line, /over/);
  assert.equal(connection.isOpen(), false);
});

test('closing the tool closes what is open', async (t) => {
  const { tcp, address, close, sockets } = await served(t, () => undefined);
  const connection = await tcp.connect(address, { signal: SIGNAL });
  const [socket] = sockets;
  assert.ok(socket !== undefined);
  close();
  assert.equal(connection.isOpen(), false);
  socket.resume();
  await once(socket, 'close');
});

test('nobody listens: unreachable, with the address', async () => {
  const { tcp } = createTcpTool(openGuard);
  await assert.rejects(tcp.connect({ host: '127.0.0.1', port: 1 }, { signal: SIGNAL }), {
    kind: 'unreachable',
    message: /127\.0\.0\.1:1/,
  });
});

test('a target of the page leads to no socket of a file and no metadata service', async () => {
  const { tcp } = createTcpTool(closedGuard());
  const refused = { kind: 'forbidden' };
  await assert.rejects(tcp.connect({ path: '/run/docker.sock' }, { signal: SIGNAL }), refused);
  await assert.rejects(tcp.connect({ host: '169.254.169.254', port: 80 }, { signal: SIGNAL }), refused);
  await assert.rejects(tcp.connect({ host: '2852039166', port: 80 }, { signal: SIGNAL }), refused);
});
