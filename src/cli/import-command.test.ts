import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const TAKEN = { accepted: 1, rejectedTotal: 0, rejected: [] };

type Request = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };
type Reply = { readonly status: number; readonly body: unknown };

/** A server that gives these replies, one a request, the last one for all that follow. */
async function startServer(test: TestContext, replies: readonly Reply[]) {
  const requests: Request[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body = (await buffer(request)).toString();
    const reply = replies[Math.min(requests.length, replies.length - 1)] ?? assert.fail('no reply');
    requests.push({ path: request.url ?? '', headers: request.headers, body });
    response.writeHead(reply.status).end(JSON.stringify(reply.body));
  };
  const server = createServer((request, response) => void take(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

function importInput(input: string, ...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, 'import', '-', ...args], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
    child.stdin?.on('error', () => {}); // it may end before it has read everything
    child.stdin?.end(input);
  });
}

test('a server that is busy is asked again, with the token', async (t) => {
  const { url, requests } = await startServer(t, [
    { status: 503, body: {} },
    { status: 200, body: TAKEN },
  ]);
  const run = await importInput('a 1 1\n', '--format', 'graphite', '--url', url, '--token', 'secret');
  assert.deepEqual([run.code, run.err], [0, '']);
  assert.match(run.out, /^1 samples stored, 0 refused/);
  assert.deepEqual(
    requests.map(({ path, headers, body }) => [path, headers.authorization, body]),
    Array.from({ length: 2 }, () => ['/api/ingest/graphite', 'Bearer secret', 'a 1 1\n']),
  );
});

test('after a failure it says where to go on', async (t) => {
  const line = `${'a'.repeat(1_000)} 1 1\n`;
  const { url, requests } = await startServer(t, [
    { status: 200, body: TAKEN },
    { status: 400, body: { message: 'no more' } },
  ]);
  const run = await importInput(line.repeat(5_000), '--format', 'graphite', '--url', url);
  assert.notEqual(run.code, 0);
  const stored = (requests[0]?.body.length ?? 0) / line.length;
  assert.ok(Number.isInteger(stored) && stored > 1_000);
  assert.match(run.err, /answers 400: .*no more/);
  assert.ok(run.err.includes(`go on with: nocmate import - --from-line ${stored + 1}`), run.err);
});

test('what is no server of ours is told so', async (t) => {
  const { url } = await startServer(t, [{ status: 200, body: 'hello' }]);
  const run = await importInput('a 1 1\n', '--format', 'graphite', '--url', url);
  assert.notEqual(run.code, 0);
  assert.match(run.err, /is no server of this program/);
});

test('the precision of line protocol goes with it', async (t) => {
  const { url, requests } = await startServer(t, [{ status: 200, body: TAKEN }]);
  await importInput('m v=1 1\n', '--format', 'influx', '--precision', 's', '--url', url);
  assert.deepEqual(
    requests.map(({ path }) => path),
    ['/api/ingest/influx?precision=s'],
  );
});
