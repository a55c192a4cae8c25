import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { noAiosmtpd, startAiosmtpd } from '#test/peers/aiosmtpd.ts';
import { makeCertificate, noOpenssl } from '#test/peers/certificates.ts';
import { checkOnce } from '#test/peers/check-once.ts';
import { freePort } from '#test/peers/free-port.ts';
import smtpCheck from './index.ts';

type Options = Readonly<Record<string, unknown>>;
const SECRETS = { 'env:P': 'horse', 'env:W': 'cow' };
const checked = (t: TestContext, options: Options, deadlineMs = 10_000) =>
  checkOnce(t, smtpCheck, options, { deadlineMs, secrets: SECRETS });

const skip = noAiosmtpd === false ? noOpenssl : noAiosmtpd;

for (const security of ['starttls', 'tls'] as const) {
  test(`a real server with ${security}: certificates, login, recipients`, { skip }, async (t) => {
    const { ca: tlsCa, ...pair } = await makeCertificate({ days: 20, authorityDays: 10 });
    const peer = await startAiosmtpd(security, pair);
    t.after(() => peer.remove());
    const options = { address: `localhost:${peer.port}`, security, tlsCa };
    const login = { username: 'ops', password: 'env:P' };
    const { result, valueOf } = await checked(t, { ...options, ...login, recipient: 'ops@mail.test' });
    assert.equal(result, 'ok');
    assert.equal(valueOf('smtpcheck_size_limit_bytes'), 10_240_000);
    assert.equal(valueOf('smtpcheck_starttls_offered'), Number(security === 'starttls'));
    assert.equal(valueOf('smtpcheck_reply_code'), 250);
    assert.ok((valueOf('smtpcheck_tls_handshake_duration_seconds') ?? 0) > 0);
    assert.ok((valueOf('smtpcheck_greeting_duration_seconds') ?? 0) > 0);
    assert.ok(Math.abs((valueOf('smtpcheck_tls_cert_remaining_seconds', { depth: '1' }) ?? 0) / 86_400 - 10) < 0.1);
    for (const [more, expected] of [
      [{ ...login, password: 'env:W' }, 'login'],
      [{ recipient: 'ops@elsewhere.test' }, 'recipient'],
      [{ certificateDays: 15 }, 'certificate_ends'],
      [{ tlsCa: undefined }, 'certificate_untrusted'],
      [{ tlsServerName: 'other.test' }, 'certificate_name'],
    ] as const) {
      assert.equal((await checked(t, { ...options, ...more })).result, expected, JSON.stringify(more));
    }
  });
}

test('a server without TLS, and one that is gone', { skip: noAiosmtpd }, async (t) => {
  const peer = await startAiosmtpd('none');
  t.after(() => peer.remove());
  const { address } = peer;
  assert.equal((await checked(t, { address, security: 'none', recipient: 'a@mail.test' })).result, 'ok');
  assert.equal((await checked(t, { address })).result, 'starttls');
  assert.equal((await checked(t, { address, security: 'tls' }, 2_000)).result, 'tls');
  await peer.stop();
  assert.equal((await checked(t, { address })).result, 'refused');
});

test('a password does not leave without TLS, nor to a server that is not trusted', { skip }, async (t) => {
  const address = `127.0.0.1:${await freePort()}`;
  assert.throws(() => smtpCheck.config.parse({ address, security: 'none', username: 'ops', password: 'env:P' }));
  const { ca, ...pair } = await makeCertificate();
  const peer = await startAiosmtpd('starttls', pair);
  t.after(() => peer.remove());
  const options = { address: `localhost:${peer.port}`, username: 'ops', password: 'env:P', tlsCa: ca };
  const wrong = await checked(t, { ...options, tlsServerName: 'other.test' });
  assert.equal(wrong.result, 'certificate_name');
  // The last thing it said was that TLS may begin.
  assert.equal(wrong.valueOf('smtpcheck_reply_code'), 220);
});

for (const [what, said, expected] of [
  ['is busy', '554-busy\r\n554 come again\r\n', 'greeting'],
  ['knows no EHLO', '220 ready\r\n502 what?\r\n', 'ehlo'],
  ['never ends its greeting', '220-more\r\n'.repeat(5_000), 'too_large'],
  ['is none', 'SSH-2.0-OpenSSH_9.2\r\n', 'protocol'],
] as const) {
  test(`one that ${what} gives ${expected}`, async (t) => {
    const server = createServer((socket) => socket.on('error', () => undefined).write(said));
    t.after(() => server.close());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    assert.equal((await checked(t, { address }, 2_000)).result, expected);
  });
}
