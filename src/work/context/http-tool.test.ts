import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { closedGuard, openGuard } from './address-guard.ts';
import { HttpRequests } from './http-tool.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server and the tool of one target. */
async function served(t: TestContext, handler: Handler, guard = openGuard) {
  let connections = 0;
  const server = createServer(handler).on('connection', () => connections++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const http = new HttpRequests({ guard, secret: async (reference) => `[${reference}]` });
  t.after(() => {
    http.close();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { http, base: `http://127.0.0.1:${port}`, connections: () => connections };
}

const SIGNAL = new AbortController().signal;

test('connections are kept between requests, redirects are not followed', async (t) => {
  const { http, base, connections } = await served(t, ({ url = '' }, response) => {
    if (url === '/moved') response.writeHead(302, { location: '/' });
    response.end('body');
  });
  assert.equal(await http.text(`${base}/`, { signal: SIGNAL }), 'body');
  assert.equal((await http.request(`${base}/moved`, { signal: SIGNAL })).status, 302);
  await assert.rejects(http.text(`${base}/moved`, { signal: SIGNAL }), { kind: 'answer', message: /status 302/ });
  assert.equal(connections(), 1);
});

for (const [what, settings, expected] of [
  ['basic', { username: 'me', password: 'env:P' }, `Basic ${btoa('me:[env:P]')}`],
  ['bearer', { token: 'env:T' }, 'Bearer [env:T]'],
  ['none', {}, undefined],
] as const) {
  test(`a login is sent at once: ${what}`, async (t) => {
    const { http, base } = await served(t, ({ headers }, response) => response.end(headers.authorization ?? 'none'));
    assert.equal(await http.text(base, { signal: SIGNAL, ...settings }), expected ?? 'none');
  });
}

test('digest answers what the server asks for, never the password itself', async (t) => {
  const seen: string[] = [];
  const { http, base } = await served(t, ({ headers }, response) => {
    seen.push(headers.authorization ?? '');
    if (headers.authorization === undefined) {
      response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256' });
    }
    response.end('in');
  });
  const login = { username: 'me', password: 'env:P', auth: 'digest' } as const;
  assert.equal(await http.text(`${base}/a?b=c`, { signal: SIGNAL, ...login }), 'in');
  assert.equal(seen.length, 2);
  assert.equal(seen[0], '');
  assert.match(seen[1] ?? '', /^Digest username="me".* uri="\/a\?b=c"/);
  assert.doesNotMatch(seen.join(), /env:P/);
});

for (const [status, kind] of [
  [401, 'auth'],
  [403, 'auth'],
  [500, 'answer'],
] as const) {
  test(`status ${status} is an error of kind ${kind}`, async (t) => {
    const { http, base } = await served(t, (_, response) => response.writeHead(status).end());
    await assert.rejects(http.text(base, { signal: SIGNAL }), { name: 'CollectError', kind });
  });
}

test('a body beyond the limit is given up, packed or not', async (t) => {
  const { http, base } = await served(t, ({ url }, response) => {
    const body = Buffer.alloc(100_000, 'x');
    if (url === '/packed') response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body));
    else response.end(body);
  });
  for (const path of ['/', '/packed']) {
    await assert.rejects(http.text(base + path, { signal: SIGNAL, maxBytes: 10_000 }), { kind: 'too_large' });
    assert.equal((await http.text(base + path, { signal: SIGNAL, maxBytes: 100_000 })).length, 100_000);
  }
});

test('an abort ends a request under way', async (t) => {
  const { http, base } = await served(t, (_, response) => response.write('begin'));
  const stop = new AbortController();
  const answer = http.text(base, { signal: stop.signal });
  stop.abort(new Error('over'));
  await assert.rejects(answer, /over/);
});

for (const host of ['169.254.169.254', '[::ffff:169.254.169.254]', '0.0.0.0', '[fe80::1]', '224.0.0.1', '2852039166']) {
  test(`a target of the page does not lead to ${host}`, async (t) => {
    const { http } = await served(t, (_, response) => response.end(), closedGuard());
    await assert.rejects(http.text(`http://${host}/latest/meta-data`, { signal: SIGNAL }), { kind: 'forbidden' });
  });
}

test('a target of the page may lead to this machine, by name too', async (t) => {
  const { http, base } = await served(t, (_, response) => response.end('local'), closedGuard());
  assert.equal(await http.text(base, { signal: SIGNAL }), 'local');
  assert.equal(await http.text(base.replace('127.0.0.1', 'localhost'), { signal: SIGNAL }), 'local');
});

test('names are looked at where they lead to', async () => {
  const { lookup } = closedGuard();
  const resolved = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    lookup?.('2852039166', { all: false }, (error) => resolve(error));
  });
  assert.match(resolved?.message ?? '', /169\.254\.169\.254.*not allowed/);
});
