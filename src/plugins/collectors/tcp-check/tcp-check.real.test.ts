import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createServer as createSecureServer } from 'node:tls';
import { makeCertificate, noOpenssl } from '#test/peers/certificates.ts';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { freePort } from '#test/peers/free-port.ts';
import { noMemcached, startMemcached } from '#test/peers/memcached.ts';
import { noRedis, startRedis } from '#test/peers/redis.ts';
import { noSmtpd, startSmtpd } from '#test/peers/smtpd.ts';
import tcpCheck from './index.ts';

type Options = Readonly<Record<string, unknown>>;

async function checked(t: TestContext, options: Options, deadlineMs?: number) {
  const bench = collectorBench(tcpCheck, options);
  t.after(() => bench.close());
  const collection = await bench.collect(deadlineMs);
  const result = collection.states?.[0]?.state ?? '';
  assert.equal(bench.valueOf(collection, 'tcpcheck_ok'), Number(result === 'ok'));
  return { result, valueOf: (metric: string, labels = {}) => bench.valueOf(collection, metric, labels) };
}

async function listening(t: TestContext, server: Server): Promise<string> {
  t.after(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The address of a server of the test. */
function served(t: TestContext, serve: (socket: Socket) => void): Promise<string> {
  return listening(
    t,
    createServer((socket) => serve(socket.on('error', () => undefined))),
  );
}

test('Redis answers PING, with and without a login', { skip: noRedis }, async (t) => {
  for (const args of [[], ['--requirepass', 'horse']]) {
    const peer = await startRedis(args);
    t.after(() => peer.remove());
    const { result, valueOf } = await checked(t, { address: peer.address, preset: 'redis' });
    assert.equal(result, 'ok');
    assert.ok((valueOf('tcpcheck_dialogue_duration_seconds') ?? -1) >= 0);
    assert.equal((await checked(t, { address: peer.address, preset: 'memcached' }, 500)).result, 'expect');
  }
});

test('Memcached: a preset, and the same by hand; stopped it refuses', { skip: noMemcached }, async (t) => {
  const peer = await startMemcached();
  t.after(() => peer.remove());
  const { address } = peer;
  assert.equal((await checked(t, { address, preset: 'memcached' })).result, 'ok');
  const version = String.raw`VERSION 1\.\d+`;
  assert.equal((await checked(t, { address, send: String.raw`version\r\n`, expect: version })).result, 'ok');
  await peer.stop();
  assert.equal((await checked(t, { address })).result, 'refused');
});

test('a mail server greets and is taken leave of', { skip: noSmtpd }, async (t) => {
  const peer = await startSmtpd();
  t.after(() => peer.remove());
  assert.equal((await checked(t, { address: peer.address, preset: 'smtp' })).result, 'ok');
  assert.equal((await checked(t, { address: peer.address, preset: 'pop3' }, 500)).result, 'expect');
});

/** Greetings as the standards have them, with the answer to leaving. */
for (const [preset, greeting, answer] of [
  ['smtp', '220-mail.test hello\r\n220 ready\r\n', '221 2.0.0 Bye\r\n'],
  ['imap', '* OK [CAPABILITY IMAP4rev1] ready\r\n', '* BYE\r\na OK done\r\n'],
  ['pop3', '+OK <1896.697170952@dbc.mtview.ca.us>\r\n', '+OK\r\n'],
  ['ftp', '220-Welcome\r\n220 FTP server ready\r\n', '221 Goodbye.\r\n'],
  ['ssh', 'a line before\r\nSSH-2.0-OpenSSH_9.2\r\n', ''],
] as const) {
  test(`${preset}: what it says in pieces is understood, a refusal is not`, async (t) => {
    const address = await served(t, (socket) => {
      for (const piece of greeting) socket.write(piece);
      socket.once('data', () => socket.end(answer));
    });
    assert.equal((await checked(t, { address, preset })).result, 'ok');
    const closed = await served(t, (socket) => socket.end('421 come again later\r\n'));
    assert.equal((await checked(t, { address: closed, preset })).result, 'expect');
  });
}

test('what is wrong is told apart', async (t) => {
  const silent = await served(t, (socket) => void socket.resume());
  assert.equal((await checked(t, { address: silent })).result, 'ok');
  assert.equal((await checked(t, { address: silent, expect: 'x' }, 200)).result, 'timeout');
  const closing = await served(t, (socket) => socket.end());
  assert.equal((await checked(t, { address: closing, expect: 'x' })).result, 'closed');
  const flood = await served(t, (socket) => void socket.write(Buffer.alloc(1 << 17, 'y')));
  assert.equal((await checked(t, { address: flood, expect: 'x' })).result, 'too_large');
  assert.equal((await checked(t, { address: `127.0.0.1:${await freePort()}` })).result, 'refused');
  assert.equal((await checked(t, { address: 'nothing.invalid:1' })).result, 'dns');
  assert.equal((await checked(t, { address: closing, tls: true })).result, 'closed');
});

test('TLS: trust and the ends of all certificates', { skip: noOpenssl }, async (t) => {
  const { ca: tlsCa, ...pair } = await makeCertificate({ days: 20, authorityDays: 10 });
  const greet = (socket: Socket): void => void socket.on('error', () => undefined).end('+OK ready\r\n+OK\r\n');
  const address = (await listening(t, createSecureServer(pair, greet))).replace('127.0.0.1', 'localhost');
  const options = { address, tls: true, preset: 'pop3', tlsCa };
  const { result, valueOf } = await checked(t, options);
  assert.equal(result, 'ok');
  assert.ok((valueOf('tcpcheck_tls_handshake_duration_seconds') ?? 0) > 0);
  assert.ok(Math.abs((valueOf('tcpcheck_tls_cert_remaining_seconds', { depth: '1' }) ?? 0) / 86_400 - 10) < 0.1);
  assert.equal((await checked(t, { ...options, certificateDays: 15 })).result, 'certificate_ends');
  assert.equal((await checked(t, { ...options, tlsCa: undefined })).result, 'certificate_untrusted');
});
