import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { type WebSocket, WebSocketServer } from 'ws';
import { makeCertificate, noOpenssl } from '#test/peers/certificates.ts';
import { checkOnce } from '#test/peers/check-once.ts';
import { freePort } from '#test/peers/free-port.ts';
import websocketCheck from './index.ts';

type Options = Readonly<Record<string, unknown>>;
const checked = (t: TestContext, options: Options, deadlineMs = 10_000) =>
  checkOnce(t, websocketCheck, options, { deadlineMs, secrets: { 'env:P': 'horse' } });

type Serve = (socket: WebSocket, request: IncomingMessage) => void;

/** A server whose path /live is a WebSocket; gives its host and port. */
async function served(t: TestContext, server: Server, serve: Serve): Promise<string> {
  const handleProtocols = (offered: Set<string>) => (offered.has('v2') ? 'v2' : false);
  const sockets = new WebSocketServer({ server, path: '/live', handleProtocols });
  sockets.on('connection', (socket, request) =>
    serve(
      socket.on('error', () => undefined),
      request,
    ),
  );
  t.after(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `localhost:${(server.address() as AddressInfo).port}`;
}

const echo: Serve = (socket, { headers }) => {
  socket.send('welcome');
  socket.on('message', (text: Buffer) => socket.send(`${String(text)} of ${headers.authorization ?? 'nobody'}`));
};

test('handshake, ping, messages and subprotocols', async (t) => {
  const url = `ws://${await served(t, createServer(), echo)}/live`;
  const login = { username: 'ops', password: 'env:P' };
  const { result, valueOf } = await checked(t, {
    url,
    send: 'hello',
    expect: '^hello of Basic b3BzOmhvcnNl$',
    ...login,
  });
  assert.equal(result, 'ok');
  assert.equal(valueOf('websocketcheck_status_code'), 101);
  for (const phase of ['handshake', 'ping', 'message']) {
    assert.ok((valueOf(`websocketcheck_${phase}_duration_seconds`) ?? 0) > 0, phase);
  }
  for (const [options, expected] of [
    [{}, 'ok'],
    [{ send: 'hello' }, 'ok'],
    [{ expect: '^welcome$' }, 'ok'],
    [{ protocols: ['v1', 'v2'] }, 'ok'],
    [{ url: url.replace('/live', '/other') }, 'status'],
  ] as const) {
    assert.equal((await checked(t, { url, ...options })).result, expected, JSON.stringify(options));
  }
  assert.equal((await checked(t, { url, expect: 'never' }, 500)).result, 'timeout');
});

test('over TLS', { skip: noOpenssl }, async (t) => {
  const { ca: tlsCa, ...pair } = await makeCertificate({ days: 20 });
  const url = `wss://${await served(t, createSecureServer(pair), echo)}/live`;
  assert.equal((await checked(t, { url, tlsCa, send: 'a', expect: 'a' })).result, 'ok');
  assert.equal((await checked(t, { url, tlsCa, certificateDays: 25 })).result, 'certificate_ends');
  assert.equal((await checked(t, { url })).result, 'certificate_untrusted');
});

test('what is wrong is told apart', async (t) => {
  assert.equal((await checked(t, { url: `ws://127.0.0.1:${await freePort()}/` })).result, 'refused');
  const closing = await served(t, createServer(), (socket) => socket.on('message', () => socket.close()));
  assert.equal((await checked(t, { url: `ws://${closing}/live`, send: 'a', expect: 'b' })).result, 'expect');
  const large = await served(t, createServer(), (socket) =>
    socket.on('message', () => socket.send('x'.repeat(2 ** 21))),
  );
  assert.equal((await checked(t, { url: `ws://${large}/live`, send: 'a', expect: 'b' })).result, 'too_large');
  const bare = createServer().on('upgrade', (_, socket) => void socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
  t.after(() => bare.close());
  await once(bare.listen(0, '127.0.0.1'), 'listening');
  const url = `ws://127.0.0.1:${(bare.address() as AddressInfo).port}/`;
  assert.equal((await checked(t, { url })).result, 'protocol');
});
