import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { makeCertificate, noOpenssl } from '#test/peers/certificates.ts';
import { checkOnce } from '#test/peers/check-once.ts';
import { noDovecot, startDovecot } from '#test/peers/dovecot.ts';
import imapCheck from './index.ts';

type Options = Readonly<Record<string, unknown>>;
const SECRETS = { 'env:P': 'horse', 'env:W': 'c"o\\w', 'env:L': 'horse\r\na DELETE INBOX' };
const checked = (t: TestContext, options: Options, deadlineMs = 10_000) =>
  checkOnce(t, imapCheck, options, { deadlineMs, secrets: SECRETS });

const skip = noDovecot === false ? noOpenssl : noDovecot;

test('a real server: both protocols, with STARTTLS and TLS', { skip }, async (t) => {
  const { ca: tlsCa, ...pair } = await makeCertificate({ days: 20, authorityDays: 10 });
  const { peer, ports } = await startDovecot(pair);
  t.after(() => peer.remove());
  const login = { tlsCa, username: 'ops', password: 'env:P' };
  for (const protocol of ['imap', 'pop3'] as const) {
    for (const security of ['starttls', 'tls'] as const) {
      const address = `localhost:${ports[security === 'tls' ? (`${protocol}s` as const) : protocol]}`;
      const { result, valueOf } = await checked(t, { address, protocol, security, ...login });
      assert.equal(result, 'ok', `${protocol} ${security}`);
      assert.equal(valueOf('imapcheck_messages'), 3);
      assert.ok((valueOf('imapcheck_tls_handshake_duration_seconds') ?? 0) > 0);
      assert.ok(Math.abs((valueOf('imapcheck_tls_cert_remaining_seconds', { depth: '1' }) ?? 0) / 86_400 - 10) < 0.1);
      const soon = await checked(t, { address, protocol, security, tlsCa, certificateDays: 15 });
      assert.equal(soon.result, 'certificate_ends');
      const untrusted = await checked(t, { address, protocol, security, username: 'ops', password: 'env:P' });
      assert.equal(untrusted.result, 'certificate_untrusted');
    }
    const plain = { address: `localhost:${ports[protocol]}`, protocol, security: 'none' };
    assert.equal((await checked(t, plain)).result, 'ok');
    assert.equal((await checked(t, { ...plain, ...login, security: 'starttls', password: 'env:W' })).result, 'login');
    await assert.rejects(checked(t, { ...plain, ...login, security: 'starttls', password: 'env:L' }), /several lines/);
  }
  const imap = { address: `localhost:${ports.imap}`, ...login };
  assert.equal((await checked(t, { ...imap, mailbox: 'nowhere' })).result, 'mailbox');
  assert.equal((await checked(t, imap)).valueOf('imapcheck_unseen_messages'), 3);
  await peer.stop();
  assert.equal((await checked(t, imap)).result, 'refused');
});

for (const [protocol, what, said, expected] of [
  ['imap', 'is busy', '* BYE come again\r\n', 'greeting'],
  ['imap', 'has no TLS', '* OK ready\r\na BAD what?\r\n', 'starttls'],
  ['imap', 'never ends', `* OK ready\r\n${'* more\r\n'.repeat(5_000)}`, 'too_large'],
  ['imap', 'is none', '220 ready\r\n', 'protocol'],
  ['pop3', 'is busy', '-ERR come again\r\n', 'greeting'],
  ['pop3', 'has no TLS', '+OK ready\r\n-ERR what?\r\n', 'starttls'],
  ['pop3', 'is none', '220 ready\r\n', 'protocol'],
] as const) {
  test(`${protocol}: one that ${what} gives ${expected}`, async (t) => {
    const server = createServer((socket) => socket.on('error', () => undefined).write(said));
    t.after(() => server.close());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    assert.equal((await checked(t, { address, protocol }, 2_000)).result, expected);
  });
}
