import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { type ApiClient, ApiError, createApiClient } from './api-client.ts';

type Seen = { method: string; url: string; body: string; type: string | undefined };
const seen: Seen[] = [];
const ANSWERS: Readonly<Record<string, readonly [number, string]>> = {
  '/json': [200, '{"a":1}'],
  '/empty': [204, ''],
  '/bytes': [200, 'abc'],
  '/ours': [422, '{"error":{"code":"limit_rows","message":"more than 1000 rows"}}'],
  '/proxy': [502, '<h1>Bad gateway</h1>'],
  '/teapot': [418, 'no'],
  '/who': [401, '{"error":{"code":"unauthenticated","message":"log in"}}'],
};
let base = '';
let signedOut = 0;
const server = createServer((request, response) => void answer(request, response));
const client: ApiClient = createApiClient({
  fetch: (url, init) => fetch(base + url, init),
  onUnauthenticated: () => signedOut++,
});

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const url = request.url ?? '';
  seen.push({ method: request.method ?? '', url, body, type: request.headers['content-type'] });
  if (url === '/hang') return;
  const [status, text] = ANSWERS[url.split('?')[0] ?? ''] ?? [404, ''];
  response.writeHead(status).end(text);
}

const failure = async (path: string): Promise<ApiError> => {
  const error = await client.json(path).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ApiError);
  return error;
};

test('an answer is parsed, an empty one is undefined, bytes stay bytes', async () => {
  assert.deepEqual(await client.json('/json'), { a: 1 });
  assert.equal(await client.json('/empty'), undefined);
  assert.equal(new TextDecoder().decode(await client.bytes('/bytes')), 'abc');
});

test('parameters are encoded, absent ones left out, bodies sent as JSON', async () => {
  await client.json('/json', { method: 'POST', query: { q: 'a b&c', n: 1, none: undefined }, body: { x: 1 } });
  const last = { method: 'POST', url: '/json?q=a+b%26c&n=1', body: '{"x":1}', type: 'application/json' };
  assert.deepEqual(seen.at(-1), last);
});

test('an error of ours keeps its code and sentence', async () => {
  const error = await failure('/ours');
  assert.deepEqual([error.code, error.message, error.status], ['limit_rows', 'more than 1000 rows', 422]);
});

test('an error of a proxy is told by its status, its text is kept', async () => {
  const error = await failure('/proxy');
  assert.deepEqual([error.code, error.raw], ['unavailable', '<h1>Bad gateway</h1>']);
  assert.equal((await failure('/teapot')).code, 'bad_request');
});

test('only a missing session signs out', async () => {
  await failure('/ours');
  const before = signedOut;
  assert.equal((await failure('/who')).code, 'unauthenticated');
  assert.equal(signedOut, before + 1);
});

test('no answer at all is unavailable', async () => {
  const nowhere = createApiClient({ fetch: (url) => fetch(`http://127.0.0.1:1${url}`), onUnauthenticated: () => {} });
  await assert.rejects(nowhere.json('/json'), { name: 'ApiError', code: 'unavailable', status: 0 });
});

test('a request that was given up is no error of the server', async () => {
  await assert.rejects(client.json('/hang', { signal: AbortSignal.abort() }), { name: 'AbortError' });
});
