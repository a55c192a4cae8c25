import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { createSecureServer, createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { type TestContext, test } from 'node:test';
import { makeCertificate, noOpenssl } from '#test/peers/certificates.ts';
import { checkOnce } from '#test/peers/check-once.ts';
import { freePort } from '#test/peers/free-port.ts';
import grpcCheck from './index.ts';

type Options = Readonly<Record<string, unknown>>;
const checked = (t: TestContext, options: Options, deadlineMs = 10_000) =>
  checkOnce(t, grpcCheck, options, { deadlineMs, secrets: { 'env:T': 'horse' } });

async function listening(t: TestContext, server: Server | Http2Server): Promise<string> {
  t.after(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `localhost:${(server.address() as AddressInfo).port}`;
}

/** Services by name: the number of their state. */
const SERVICES: Readonly<Record<string, number>> = { '': 1, shop: 1, ['till'.repeat(50)]: 2, odd: 9 };
const seen: (string | undefined)[] = [];

/** A health service as gRPC servers have it (grpc.health.v1). */
function serve(stream: ServerHttp2Stream, headers: Readonly<Record<string, unknown>>): void {
  const chunks: Buffer[] = [];
  stream.on('error', () => undefined).on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => {
    assert.equal(headers['content-type'], 'application/grpc');
    seen.push(headers['authorization'] as string | undefined);
    const message = Buffer.concat(chunks).subarray(5);
    const state = SERVICES[String(message.subarray(message.length > 129 ? 3 : 2))];
    const head = { ':status': 200, 'content-type': 'application/grpc' };
    if (state === undefined) {
      stream.respond({ ...head, 'grpc-status': '5', 'grpc-message': 'unknown service' }, { endStream: true });
      return;
    }
    stream.respond(head, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.from([0, 0, 0, 0, 2, 8, state]));
  });
}

test('without TLS: states of services, and one that is not there', async (t) => {
  const address = await listening(t, createServer().on('stream', serve));
  for (const [service, result, status] of [
    ['', 'ok', 'serving'],
    ['shop', 'ok', 'serving'],
    ['till'.repeat(50), 'not_serving', 'not_serving'],
    ['odd', 'not_serving', 'unknown'],
    ['other', 'grpc_status', undefined],
  ] as const) {
    const one = await checked(t, { address, service });
    assert.equal(one.result, result, service);
    assert.equal(one.stateOf('grpccheck_serving'), status, service);
    assert.equal(one.valueOf('grpccheck_status_code'), service === 'other' ? 5 : 0);
    assert.ok((one.valueOf('grpccheck_request_duration_seconds') ?? 0) > 0);
  }
});

test('over TLS, with a token', { skip: noOpenssl }, async (t) => {
  const { ca: tlsCa, ...pair } = await makeCertificate({ days: 20 });
  const address = await listening(t, createSecureServer(pair).on('stream', serve));
  const options = { address, tls: true, tlsCa, token: 'env:T' };
  assert.equal((await checked(t, options)).result, 'ok');
  assert.equal(seen.at(-1), 'Bearer horse');
  assert.equal((await checked(t, { ...options, certificateDays: 25 })).result, 'certificate_ends');
  const before = seen.length;
  assert.equal((await checked(t, { ...options, tlsCa: undefined })).result, 'certificate_untrusted');
  assert.equal(seen.length, before);
  assert.throws(() => grpcCheck.config.parse({ address, token: 'env:T' }));
});

test('what is wrong is told apart', async (t) => {
  assert.equal((await checked(t, { address: `127.0.0.1:${await freePort()}` })).result, 'refused');
  const http = await listening(
    t,
    createHttp((_, response) => response.end('hello')),
  );
  assert.equal((await checked(t, { address: http })).result, 'protocol');
  const web = createServer().on('stream', (stream) => stream.respond({ ':status': 503 }, { endStream: true }));
  assert.equal((await checked(t, { address: await listening(t, web) })).result, 'http_status');
  const plain = createServer().on('stream', (stream) => stream.respond({ ':status': 200 }, { endStream: true }));
  assert.equal((await checked(t, { address: await listening(t, plain) })).result, 'protocol');
  const silent = createServer().on('stream', (stream) => void stream.on('error', () => undefined));
  assert.equal((await checked(t, { address: await listening(t, silent) }, 300)).result, 'timeout');
});
