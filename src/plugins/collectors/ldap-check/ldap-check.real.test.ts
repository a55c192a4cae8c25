import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { makeCertificate, noOpenssl } from '#test/peers/certificates.ts';
import { checkOnce } from '#test/peers/check-once.ts';
import { noSlapd, startSlapd } from '#test/peers/slapd.ts';
import { element, integer, numberIn, readElements } from './ber.ts';
import ldapCheck from './index.ts';
import { bindRequest, decodeAnswer } from './messages.ts';

type Options = Readonly<Record<string, unknown>>;
const SECRETS = { 'env:P': 'horse', 'env:W': 'cow' };
const checked = (t: TestContext, options: Options, deadlineMs = 10_000) =>
  checkOnce(t, ldapCheck, options, { deadlineMs, secrets: SECRETS });

const skip = noSlapd === false ? noOpenssl : noSlapd;
const ADMIN = { username: 'cn=admin,dc=test', password: 'env:P' };

test('a real directory: searches as nobody and after a login', { skip }, async (t) => {
  const { ca: tlsCa, ...pair } = await makeCertificate({ days: 20 });
  const peer = await startSlapd({ ...pair, ca: tlsCa });
  t.after(() => peer.remove());
  const address = `localhost:${peer.port}`;
  const secure = { security: 'starttls', tlsCa };
  const all = { base: 'dc=test', scope: 'sub' };
  for (const [options, result, entries, code] of [
    [{}, 'ok', 1, 0],
    [{ ...all, minEntries: 3 }, 'ok', 3, 0],
    [{ ...all, minEntries: 2 }, 'ok', 2, 4],
    [{ ...all, minEntries: 4 }, 'entries', 3, 0],
    [{ base: 'dc=test', scope: 'one', minEntries: 2 }, 'ok', 2, 0],
    [{ ...all, filter: '(cn=ops)' }, 'ok', 1, 0],
    [{ ...all, filter: '(cn=nobody)' }, 'entries', 0, 0],
    [{ base: 'dc=elsewhere' }, 'search', 0, 32],
    [{ ...secure, ...ADMIN, ...all }, 'ok', 1, 4],
    [{ ...secure, ...ADMIN, password: 'env:W' }, 'login', undefined, 49],
    [{ ...secure, tlsCa: undefined, ...ADMIN }, 'certificate_untrusted', undefined, 0],
    [{ ...secure, certificateDays: 25 }, 'certificate_ends', 1, 0],
  ] as const) {
    const one = await checked(t, { address, ...options });
    assert.equal(one.result, result, JSON.stringify(options));
    assert.equal(one.valueOf('ldapcheck_entries'), entries, JSON.stringify(options));
    assert.equal(one.valueOf('ldapcheck_result_code'), code, JSON.stringify(options));
  }
  await peer.stop();
  assert.equal((await checked(t, { address })).result, 'refused');
});

test('TLS from the first byte on', { skip }, async (t) => {
  const { ca: tlsCa, ...pair } = await makeCertificate();
  const peer = await startSlapd({ ...pair, ca: tlsCa }, true);
  t.after(() => peer.remove());
  const { result, valueOf } = await checked(t, { address: `localhost:${peer.port}`, security: 'tls', tlsCa, ...ADMIN });
  assert.equal(result, 'ok');
  assert.ok((valueOf('ldapcheck_bind_duration_seconds') ?? 0) > 0);
  assert.ok((valueOf('ldapcheck_tls_handshake_duration_seconds') ?? 0) > 0);
});

test('a login needs TLS and a password', () => {
  const login = { address: 'ldap-1', ...ADMIN };
  assert.throws(() => ldapCheck.config.parse(login), /TLS/);
  assert.throws(() => ldapCheck.config.parse({ ...login, security: 'tls', password: undefined }), /together/);
  assert.throws(() => ldapCheck.config.parse({ address: 'ldap-1', filter: '(&(a=b)(c=d))' }), /comparison/);
});

test('messages as the standard has them', () => {
  assert.equal(bindRequest(1, '', '').toString('hex'), '300c020101600702010304008000');
  assert.deepEqual(decodeAnswer(Buffer.from('02010161070a013104000400', 'hex')), {
    id: 1,
    operation: 0x61,
    code: 49,
    text: '',
  });
  const long = element(0x30, Buffer.alloc(1_000));
  assert.equal(readElements(long)[0]?.content.length, 1_000);
});

test('numbers and broken messages', () => {
  fc.assert(
    fc.property(
      fc.nat(2 ** 31 - 1),
      (value) => numberIn(readElements(integer(value))[0]?.content ?? Buffer.alloc(0)) === value,
    ),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        decodeAnswer(Buffer.from(bytes));
      } catch (error) {
        assert.ok(error instanceof RangeError, String(error));
      }
    }),
    { numRuns: 2_000 },
  );
});
