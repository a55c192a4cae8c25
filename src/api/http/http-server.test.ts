import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as rawRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import type { Authenticate } from '#core/api/access.ts';
import { AppError } from '#core/errors.ts';
import { defineRoute, type Route, RouteResponse, SCOPES, type Scope } from '#core/route.ts';
import { createLogger } from '#io/log.ts';
import { createHttpServer, type HttpServer, loadWebFiles } from './index.ts';

const PERMISSIONS = [...SCOPES, 'public'] as const;
const routes: Route[] = [
  ...PERMISSIONS.map((permission) =>
    defineRoute({ method: 'GET', path: `/api/${permission}`, permission, handler: () => ({ permission }) }),
  ),
  defineRoute({ method: 'POST', path: '/api/change', permission: 'write', handler: () => ({ changed: true }) }),
  defineRoute({
    method: 'POST',
    path: '/api/echo/:id',
    permission: 'public',
    query: z.strictObject({ n: z.coerce.number().int() }),
    body: z.strictObject({ text: z.string() }),
    handler: ({ params, query, body }) => ({ id: params['id'], n: query.n, text: body.text }),
  }),
  defineRoute({ method: 'POST', path: '/form', permission: 'public', bodyKind: 'form', handler: ({ body }) => body }),
  defineRoute({
    method: 'POST',
    path: '/text',
    permission: 'public',
    bodyKind: 'text',
    bodyLimitBytes: 16,
    handler: ({ body }) => new RouteResponse(String(body), { headers: { 'content-type': 'text/plain' } }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/fails/:code',
    permission: 'public',
    handler: ({ params }) => {
      if (params['code'] === 'fault') throw new TypeError('secret detail');
      throw new AppError('disk_full', 'the disk is full', { details: { path: '/x' } });
    },
  }),
];

const authenticate: Authenticate = async ({ authorization, cookie }) => {
  const name = authorization?.replace('Bearer ', '') ?? cookie?.replace('s=', '');
  const scope = SCOPES.find((known) => known === name);
  return scope === undefined ? undefined : { kind: 'token', id: name ?? '', name: name ?? '', scope };
};

let server: HttpServer;
let base = '';
let port = 0;
let dist = '';

before(async () => {
  dist = await mkdtemp(join(tmpdir(), 'nocmate-web-'));
  await mkdir(join(dist, 'assets'));
  await writeFile(join(dist, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
  await writeFile(join(dist, 'assets', 'a.js'), 'plain');
  await writeFile(join(dist, 'assets', 'a.js.gz'), 'packed');
  await writeFile(join(dist, '.secret.js'), 'hidden');
  const web = await loadWebFiles(dist);
  const logger = createLogger({ level: 'silent' });
  server = createHttpServer({ routes, authenticate, web, upgrade: (_r, socket) => socket.destroy(), logger });
  ({ port } = await server.listen('127.0.0.1', 0));
  base = `http://127.0.0.1:${port}`;
});

after(async () => {
  await server.close(1_000);
  await rm(dist, { recursive: true });
});

const GRANTED: Readonly<Record<Scope | 'nobody', readonly string[]>> = {
  nobody: ['public'],
  read: ['public', 'read'],
  write: ['public', 'read', 'write', 'ingest'],
  admin: ['public', 'read', 'write', 'admin', 'ingest'],
  ingest: ['public', 'ingest'],
};

for (const [who, granted] of Object.entries(GRANTED)) {
  test(`${who} reaches ${granted.join(', ')} and nothing else`, async () => {
    const headers: Record<string, string> = who === 'nobody' ? {} : { authorization: `Bearer ${who}` };
    for (const permission of PERMISSIONS) {
      const { status } = await fetch(`${base}/api/${permission}`, { headers });
      const refused = who === 'nobody' ? 401 : 403;
      assert.equal(status, granted.includes(permission) ? 200 : refused, permission);
    }
  });
}

test('who is unknown is asked for a token or, unless it is a browser, for a password', async () => {
  const asked = async (agent: string): Promise<string | null> =>
    (await fetch(`${base}/api/read`, { headers: { 'user-agent': agent } })).headers.get('www-authenticate');
  assert.equal(await asked('Mozilla/5.0 (X11; Linux x86_64)'), 'Bearer');
  assert.equal(await asked('collectd/5.12.0'), 'Bearer, Basic realm="nocmate", charset="UTF-8"');
});

test('a path that is known for other methods answers which', async () => {
  const response = await fetch(`${base}/api/echo/1`);
  assert.deepEqual([response.status, response.headers.get('allow')], [405, 'POST']);
});

test('a page of another site cannot act with the browser’s cookie, a token can act from anywhere', async () => {
  const post = (headers: Record<string, string>): Promise<number> =>
    fetch(`${base}/api/change`, { method: 'POST', headers }).then(({ status }) => status);
  assert.equal(await post({ cookie: 's=write', origin: 'http://evil.example' }), 403);
  assert.equal(await post({ cookie: 's=write', origin: 'null' }), 403);
  assert.equal(await post({ cookie: 's=write', origin: base }), 200);
  assert.equal(await post({ cookie: 's=write' }), 200);
  assert.equal(await post({ authorization: 'Bearer write', origin: 'http://evil.example' }), 200);
});

test('query and body are checked by their schemas, and errors name the place', async () => {
  const send = (query: string, body: string): Promise<Response> =>
    fetch(`${base}/api/echo/x%2Fy${query}`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  assert.deepEqual(await (await send('?n=5', '{"text":"hi"}')).json(), { id: 'x/y', n: 5, text: 'hi' });
  for (const [query, body, expected] of [
    ['?n=five', '{"text":"hi"}', /query\.n/],
    ['?n=1', '{"text":7}', /body\.text/],
    ['?n=1', '{"text":"a","__proto__":{"x":1}}', /__proto__/],
    ['?n=1', '{broken', /not valid JSON/],
  ] as const) {
    const response = await send(query, body);
    assert.equal(response.status, 400);
    assert.match(((await response.json()) as { error: { message: string } }).error.message, expected);
  }
});

test('forms are taken from query, form body and JSON body alike', async () => {
  const encoded = await fetch(`${base}/form?from=-1h`, {
    method: 'POST',
    body: new URLSearchParams('target=a&target=b'),
  });
  assert.deepEqual(await encoded.json(), { from: '-1h', target: ['a', 'b'] });
  const json = await fetch(`${base}/form`, {
    method: 'POST',
    body: '{"target":"a"}',
    headers: { 'content-type': 'application/json' },
  });
  assert.deepEqual(await json.json(), { target: 'a' });
});

test('a body beyond the route’s limit is refused with 413, one that is no UTF-8 with 400', async () => {
  const send = (body: string | Uint8Array<ArrayBuffer>): Promise<Response> =>
    fetch(`${base}/text`, { method: 'POST', body });
  assert.equal(await (await send('short')).text(), 'short');
  assert.equal((await send('much longer than allowed')).status, 413);
  assert.equal((await send(new Uint8Array([0xff, 0xfe]))).status, 400);
});

test('expected errors are told with code and details, faults without their text', async () => {
  const full = await fetch(`${base}/api/fails/full`);
  assert.equal(full.status, 507);
  assert.ok(full.headers.get('retry-after'));
  assert.deepEqual(await full.json(), {
    error: { code: 'disk_full', message: 'the disk is full', details: { path: '/x' } },
  });
  const fault = await fetch(`${base}/api/fails/fault`);
  assert.equal(fault.status, 500);
  assert.doesNotMatch(await fault.text(), /secret detail/);
});

test('pages get a policy with a nonce of their own, everything else may load nothing', async () => {
  const page = (): Promise<Response> => fetch(`${base}/hosts/web-1`, { headers: { accept: 'text/html' } });
  const [first, second] = [await page(), await page()];
  const nonce = /content="([^"]+)"/.exec(await first.text())?.[1];
  assert.ok(nonce);
  assert.ok(first.headers.get('content-security-policy')?.includes(`'nonce-${nonce}'`));
  assert.notEqual(first.headers.get('content-security-policy'), second.headers.get('content-security-policy'));
  const api = await fetch(`${base}/api/public`);
  assert.match(api.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.equal(api.headers.get('x-content-type-options'), 'nosniff');
});

test('files of the build are served packed and immutable, and nothing outside of it', async () => {
  const file = await fetch(`${base}/assets/a.js`, { headers: { 'accept-encoding': 'identity' } });
  assert.equal(await file.text(), 'plain');
  assert.match(file.headers.get('cache-control') ?? '', /immutable/);
  for (const path of [
    '/.secret.js',
    '/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/x.js',
    '/nope.js',
  ]) {
    assert.equal(await rawStatus(path), 404, path);
  }
});

/** `fetch` would tidy the path up before it is sent. */
function rawStatus(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    rawRequest({ host: '127.0.0.1', port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

test('a taken port is one clear sentence', async () => {
  const logger = createLogger({ level: 'silent' });
  const other = createHttpServer({ routes: [], authenticate, web: undefined, upgrade: () => undefined, logger });
  await assert.rejects(other.listen('127.0.0.1', port), /another program uses this address.*NOCMATE_HTTP/);
  await other.close(100);
});
