import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { checkOnce } from '#test/peers/check-once.ts';
import { noDnsmasq, startDnsmasq } from '#test/peers/dnsmasq.ts';
import { freePort } from '#test/peers/free-port.ts';
import dnsCheck from './index.ts';

type Options = Readonly<Record<string, unknown>>;

const checked = (t: TestContext, options: Options, deadlineMs = 10_000) =>
  checkOnce(t, dnsCheck, options, { deadlineMs });

const MANY = Array.from({ length: 120 }, (_, i) => `--host-record=many.test,10.1.0.${i + 1}`);
const ZONE = [
  ...['--local-ttl=60', '--host-record=www.test,10.0.0.1,2001:db8::1', '--host-record=www.test,10.0.0.2'],
  ...['--cname=alias.test,www.test', '--mx-host=test,mail.test,10', '--txt-record=test,v=spf1 -all,and more'],
  ...['--srv-host=_sip._udp.test,sip.test,5060,1,2', '--caa-record=test,0,issue,ca.test', '--local=/test/'],
];

/** What a server must be able to say, and what is wrong. */
const CASES: readonly (readonly [question: Options, result: string])[] = [
  [{ question: 'www.test', expect: ['10.0.0.1', '10.0.0.2'], exact: true }, 'ok'],
  [{ question: 'WWW.Test.', expect: ['10.0.0.2'], matches: String.raw`^10\.0\.` }, 'ok'],
  [{ question: 'www.test', expect: ['10.0.0.2'], exact: true }, 'expect'],
  [{ question: 'www.test', expect: ['10.0.0.3'] }, 'expect'],
  [{ question: 'www.test', matches: '^192' }, 'regex'],
  [{ question: 'www.test', type: 'AAAA', expect: ['2001:DB8:0:0::1'] }, 'ok'],
  [{ question: 'alias.test', expect: ['10.0.0.1'] }, 'ok'],
  [{ question: 'alias.test', type: 'CNAME', expect: ['www.test.'] }, 'ok'],
  [{ question: 'test', type: 'MX', expect: ['10 mail.test'] }, 'ok'],
  [{ question: 'test', type: 'TXT', matches: 'v=spf1 -all' }, 'ok'],
  [{ question: '_sip._udp.test', type: 'SRV', expect: ['1 2 5060 sip.test'] }, 'ok'],
  [{ question: 'test', type: 'CAA', expect: ['0 issue "ca.test"'] }, 'ok'],
  [{ question: '1.0.0.10.in-addr.arpa', type: 'PTR', expect: ['www.test'] }, 'ok'],
  [{ question: 'www.test', type: 'MX' }, 'answers'],
  [{ question: 'nothing.test' }, 'code'],
  [{ question: 'nothing.test', code: 'NXDOMAIN' }, 'ok'],
  [{ question: 'elsewhere.example' }, 'code'],
  [{ question: 'elsewhere.example', code: 'REFUSED' }, 'ok'],
  [{ question: 'www.test', dnssec: true }, 'dnssec'],
];

test('a real server, by UDP and by TCP', { skip: noDnsmasq }, async (t) => {
  const peer = await startDnsmasq([...ZONE, ...MANY]);
  t.after(() => peer.remove());
  const { address } = peer;
  for (const transport of ['udp', 'tcp']) {
    for (const [question, expected] of CASES) {
      const { result } = await checked(t, { address, transport, ...question });
      assert.equal(result, expected, `${transport} ${JSON.stringify(question)}`);
    }
  }
  const { valueOf } = await checked(t, { address, question: 'www.test' });
  assert.equal(valueOf('dnscheck_answers'), 2);
  assert.equal(valueOf('dnscheck_ttl_seconds'), 60);
  assert.equal(valueOf('dnscheck_response_code'), 0);
  assert.ok((valueOf('dnscheck_query_duration_seconds') ?? 0) > 0);
  const cut = await checked(t, { address, question: 'many.test' });
  assert.equal(cut.result, 'ok');
  assert.equal(cut.valueOf('dnscheck_truncated'), 1);
  assert.equal(cut.valueOf('dnscheck_answers'), MANY.length);
  assert.ok((cut.valueOf('dnscheck_client_connection_duration_seconds') ?? 0) > 0);
  await peer.stop();
  assert.equal((await checked(t, { address, question: 'www.test' })).result, 'refused');
});

test('a zone of its own: authority and the serial number', { skip: noDnsmasq }, async (t) => {
  const zone = ['--auth-zone=zone.test', '--auth-server=ns.zone.test,127.0.0.1', '--auth-soa=2026112501'];
  const peer = await startDnsmasq([...zone, '--host-record=a.zone.test,10.0.0.9']);
  t.after(() => peer.remove());
  const options = { address: peer.address, question: 'zone.test', type: 'SOA', recursive: false };
  const { result, valueOf } = await checked(t, { ...options, authoritative: true });
  assert.equal(result, 'ok');
  assert.equal(valueOf('dnscheck_soa_serial'), 2_026_112_501);
  assert.equal(valueOf('dnscheck_authoritative'), 1);
});

/** A server that answers everything with an address whose signature it has checked (AD). */
async function validating(t: TestContext): Promise<number> {
  const server = createSocket('udp4');
  const record = Buffer.from('c00c00010001000000070004c0000201', 'hex');
  server.on('message', (query, { port, address }) => {
    const answer = Buffer.concat([query.subarray(0, query.indexOf(0, 12) + 5), record]);
    answer.writeUInt16BE(0x81_a0, 2);
    answer.writeUInt16BE(1, 6);
    answer.writeUInt16BE(0, 10);
    server.send(answer, port, address);
  });
  await once(server.bind(0, '127.0.0.1'), 'listening');
  t.after(() => server.close());
  return server.address().port;
}

test('signatures that a server behind it has checked', { skip: noDnsmasq }, async (t) => {
  const peer = await startDnsmasq([`--server=127.0.0.1#${await validating(t)}`, '--proxy-dnssec']);
  t.after(() => peer.remove());
  const options = { address: peer.address, question: 'signed.example', expect: ['192.0.2.1'] };
  const { result, valueOf } = await checked(t, { ...options, dnssec: true });
  assert.equal(result, 'ok');
  assert.equal(valueOf('dnscheck_authenticated'), 1);
  assert.equal((await checked(t, { ...options, authoritative: true })).result, 'authoritative');
});

test('nobody answers, and an answer that is none', async (t) => {
  const server = createSocket('udp4').bind(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const options = { address: `127.0.0.1:${server.address().port}`, question: 'www.test' };
  assert.equal((await checked(t, options, 100)).result, 'timeout');
  server.on('message', (query, { port, address }) => {
    // Of another question: not heard. Cut in the middle of an answer: not DNS.
    const answer = Buffer.from(query);
    answer.writeUInt16BE(0x81_80, 2);
    answer.writeUInt16BE(9, 6);
    const other = Buffer.from(answer);
    other.writeUInt16BE(answer.readUInt16BE(0) ^ 1, 0);
    server.send(other, port, address);
    server.send(answer.subarray(0, -4), port, address);
  });
  assert.equal((await checked(t, options)).result, 'protocol');
  assert.equal(
    (await checked(t, { address: `127.0.0.1:${await freePort()}`, question: 'x', transport: 'tcp' })).result,
    'refused',
  );
  assert.equal((await checked(t, { address: 'nothing.invalid', question: 'x' })).result, 'dns');
});
