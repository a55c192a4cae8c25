import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createSecureContext, createServer as createSecureServer, TLSSocket } from 'node:tls';
import { makeCertificate, noOpenssl } from '#test/peers/certificates.ts';
import { checkOnce } from '#test/peers/check-once.ts';
import { freePort } from '#test/peers/free-port.ts';
import tlsCheck from './index.ts';

type Options = Readonly<Record<string, unknown>>;

const checked = (t: TestContext, options: Options, deadlineMs = 10_000) =>
  checkOnce(t, tlsCheck, options, { deadlineMs });

async function listening(t: TestContext, server: Server): Promise<string> {
  t.after(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `localhost:${(server.address() as AddressInfo).port}`;
}

const quiet = (socket: Socket): void => void socket.on('error', () => undefined);

test('chain, names, version and cipher of a server', { skip: noOpenssl }, async (t) => {
  const { ca: tlsCa, ...pair } = await makeCertificate({ days: 20, authorityDays: 10 });
  const address = await listening(t, createSecureServer({ ...pair, ALPNProtocols: ['h2'] }, quiet));
  const { result, stateOf, valueOf } = await checked(t, { address, tlsCa, names: ['localhost'], alpn: ['h2'] });
  assert.equal(result, 'ok');
  assert.equal(stateOf('tlscheck_protocol'), 'TLSv1.3');
  assert.equal(valueOf('tlscheck_cipher', { cipher: 'TLS_AES_256_GCM_SHA384' }), 1);
  assert.equal(valueOf('tlscheck_trusted'), 1);
  assert.equal(valueOf('tlscheck_certificates'), 2);
  assert.ok(Math.abs((valueOf('tlscheck_tls_cert_remaining_seconds', { depth: '1' }) ?? 0) / 86_400 - 10) < 0.1);
  for (const [options, expected] of [
    [{ tlsCa, names: ['other.test'] }, 'names'],
    [{ tlsCa, certificateDays: 15 }, 'certificate_ends'],
    [{ tlsCa, tlsServerName: 'other.test' }, 'certificate_name'],
    [{}, 'certificate_untrusted'],
    [{ tlsVerify: false }, 'ok'],
  ] as const) {
    assert.equal((await checked(t, { address, ...options })).result, expected, JSON.stringify(options));
  }
});

test('an old version, and a certificate that has ended', { skip: noOpenssl }, async (t) => {
  const { ca: tlsCa, ...pair } = await makeCertificate();
  const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
  const address = await listening(t, createSecureServer({ ...pair, ...old }, quiet));
  const { result, stateOf } = await checked(t, { address, tlsCa });
  assert.deepEqual([result, stateOf('tlscheck_protocol')], ['tls_version', 'TLSv1.1']);
  const { ca, ...ended } = await makeCertificate({ days: -1 });
  const second = await listening(t, createSecureServer(ended, quiet));
  assert.equal((await checked(t, { address: second, tlsCa: ca })).result, 'certificate_expired');
});

const LDAP = (code: string): Buffer => Buffer.from(`300c02010178070a01${code}04000400`, 'hex');

/** What each protocol says until TLS begins; the last answer allows it, or is the other one. */
const DIALOGUES = {
  smtp: [['220-mail.test\r\n220 ready\r\n', '250-mail.test\r\n250 STARTTLS\r\n', '220 go ahead\r\n'], '454 no\r\n'],
  imap: [['* OK ready\r\n', 'a OK begin\r\n'], 'a BAD no\r\n'],
  pop3: [['+OK ready\r\n', '+OK begin\r\n'], '-ERR no\r\n'],
  ftp: [['220-Welcome\r\nto this server\r\n220 ready\r\n', '234 AUTH TLS OK\r\n'], '500 no\r\n'],
  ldap: [['', LDAP('00')], LDAP('35')],
  postgres: [['', 'S'], 'N'],
} as const;

for (const [startTls, [allowing, refusal]] of Object.entries(DIALOGUES)) {
  test(`${startTls} goes over to TLS, or says that it will not`, { skip: noOpenssl }, async (t) => {
    const { ca: tlsCa, ...pair } = await makeCertificate();
    const serve = (answers: readonly (string | Buffer)[], isTls: boolean) => (socket: Socket) => {
      quiet(socket);
      const left = [...answers];
      socket.write(left.shift() ?? '');
      socket.on('data', function say() {
        socket.write(left.shift() ?? '');
        if (left.length > 0 || !isTls) return;
        socket.off('data', say);
        quiet(new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(pair) }));
      });
    };
    const address = await listening(t, createServer(serve(allowing, true)));
    const { result, valueOf } = await checked(t, { address, startTls, tlsCa });
    assert.equal(result, 'ok');
    assert.ok((valueOf('tlscheck_starttls_duration_seconds') ?? 0) > 0);
    const refusing = await listening(t, createServer(serve([...allowing.slice(0, -1), refusal], false)));
    assert.equal((await checked(t, { address: refusing, startTls, tlsCa })).result, 'starttls');
  });
}

test('what is wrong with the connection is told apart', async (t) => {
  assert.equal((await checked(t, { address: `127.0.0.1:${await freePort()}` })).result, 'refused');
  const plain = await listening(
    t,
    createServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 400\r\n\r\n'))),
  );
  assert.equal((await checked(t, { address: plain })).result, 'tls');
  const silent = await listening(t, createServer(quiet));
  assert.equal((await checked(t, { address: silent }, 200)).result, 'timeout');
  assert.equal((await checked(t, { address: silent, startTls: 'smtp' }, 200)).result, 'timeout');
});
