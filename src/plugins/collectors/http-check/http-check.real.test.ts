import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { Collection } from '#core/plugin/collector.ts';
import { makeCertificate, noOpenssl } from '#test/peers/certificates.ts';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { freePort } from '#test/peers/free-port.ts';
import { noNginx, STATUS_PATH, startNginx } from '#test/peers/nginx.ts';
import httpCheck from './index.ts';

type Options = Readonly<Record<string, unknown>>;

async function listening(t: TestContext, server: Server): Promise<number> {
  t.after(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** The base URL of a server of the test. */
async function served(t: TestContext, answer: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listening(t, createServer(answer))}`;
}

/** One check. */
async function checked(t: TestContext, options: Options, secrets = {}, deadlineMs?: number) {
  const bench = collectorBench(httpCheck, options, secrets);
  t.after(() => bench.close());
  const collection = await bench.collect(deadlineMs);
  return {
    result: resultOf(collection),
    valueOf: (metric: string, labels = {}) => bench.valueOf(collection, metric, labels),
  };
}

function resultOf({ states = [], values }: Collection): string {
  const result = states[0]?.state ?? '';
  const ok = values.find(({ metric }) => metric === 'httpcheck_ok')?.value;
  assert.equal(ok, Number(result === 'ok'));
  return result;
}

const json = (status: number, body: unknown) => (_: IncomingMessage, response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

test('nginx: phases, status and size; each check is a connection of its own', { skip: noNginx }, async (t) => {
  const peer = await startNginx();
  t.after(() => peer.remove());
  const options = {
    url: `http://localhost:${peer.port}${STATUS_PATH}`,
    check: 'status',
    matches: String.raw`accepts\s+handled`,
  };
  const bench = collectorBench(httpCheck, { ...options, url: options.url.replace('localhost', '127.0.0.1') });
  t.after(() => bench.close());
  const accepted = async (): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${peer.port}${STATUS_PATH}`)).text();
    return Number(/\n (\d+)/.exec(text)?.[1]);
  };
  const before = await accepted();
  for (let i = 0; i < 3; i++) assert.equal(resultOf(await bench.collect()), 'ok');
  assert.equal((await accepted()) - before, 3);
  const { result, valueOf } = await checked(t, options);
  assert.equal(result, 'ok');
  assert.equal(valueOf('httpcheck_status_code', { check: 'status' }), 200);
  assert.ok((valueOf('httpcheck_response_size_bytes') ?? 0) > 80);
  const phases = ['dns_lookup', 'client_connection', 'client_request', 'response'];
  const times = phases.map((phase) => valueOf(`httpcheck_${phase}_duration_seconds`) ?? Number.NaN);
  const sum = times.reduce((a, b) => a + b);
  assert.ok(times.every((time) => time >= 0) && sum <= (valueOf('httpcheck_duration_seconds') ?? 0), String(times));
  await peer.stop();
  assert.equal(resultOf(await bench.collect()), 'refused');
});

test('the first assertion that fails is the result', async (t) => {
  const url = await served(t, json(200, { status: 'UP', load: 3 }));
  for (const [options, expected] of [
    [{ status: '200' }, 'ok'],
    [{ status: '201-299, 404', contains: 'nothing' }, 'status'],
    [{ contains: '"UP"' }, 'ok'],
    [{ contains: 'DOWN', matches: 'DOWN' }, 'contains'],
    [{ matches: '"load":[0-9]' }, 'ok'],
    [{ matches: '^load' }, 'regex'],
    [{ json: ['$.status == "UP"', '$.load < 4'] }, 'ok'],
    [{ json: ['$.status == "UP"', '$.load < 3'] }, 'json_path'],
  ] as const) {
    assert.equal((await checked(t, { url, ...options })).result, expected, JSON.stringify(options));
  }
  const { valueOf } = await checked(t, { url, contains: 'UP', matches: 'DOWN' });
  assert.equal(valueOf('httpcheck_assertion_ok', { assertion: 'contains' }), 1);
  assert.equal(valueOf('httpcheck_assertion_ok', { assertion: 'regex' }), 0);
});

test('method, headers, body and login are sent', async (t) => {
  const url = await served(t, (request, response) => {
    const { method, headers } = request;
    let body = '';
    request
      .on('data', (text) => (body += String(text)))
      .on('end', () => {
        response.end(`${method} ${String(headers['x-probe'])} ${headers.authorization} ${body}`);
      });
  });
  const sent = { method: 'PUT', headers: ['X-Probe: one: two'], body: 'grüße', username: 'me', password: 'env:P' };
  const contains = `PUT one: two Basic ${btoa('me:horse')} grüße`;
  assert.equal((await checked(t, { url, ...sent, contains }, { 'env:P': 'horse' })).result, 'ok');
  assert.equal((await checked(t, { url, token: 'env:T', contains: 'Bearer t1' }, { 'env:T': 't1' })).result, 'ok');
});

test('a SOAP fault is a failure with its code, whatever its status', async (t) => {
  const fault = '<e:Envelope><e:Body><e:Fault><faultcode>e:Server</faultcode></e:Fault></e:Body></e:Envelope>';
  const url = await served(t, ({ method, headers }, response) => {
    response.end(headers.soapaction === '"urn:fail"' && method === 'POST' ? fault : '<e:Body><ok/></e:Body>');
  });
  const soap = { url, soap: true, body: '<e:Envelope/>' };
  assert.equal((await checked(t, soap)).result, 'ok');
  assert.equal((await checked(t, { ...soap, xpath: ['/Body/ok', 'count(//fail) = 0'] })).result, 'ok');
  assert.equal((await checked(t, { ...soap, xpath: ['/Body/ok', '//price > 0'] })).result, 'xpath');
  const { result, valueOf } = await checked(t, { ...soap, soapAction: 'urn:fail' });
  assert.equal(result, 'soap_fault');
  assert.equal(valueOf('httpcheck_soap_fault', { code: 'Server' }), 1);
});

test('redirects are followed as often as allowed, and logins stay with their server', async (t) => {
  const seen: string[] = [];
  const other = await served(t, ({ headers }, response) => {
    seen.push(`${headers.authorization} ${String(headers['x-key'])}`);
    response.end('there');
  });
  const url = await served(t, ({ url: path }, response) => {
    const target = path === '/1' ? '/2' : path === '/loop' ? '/loop' : other;
    response.writeHead(302, { location: target }).end();
  });
  const options = { url: `${url}/1`, contains: 'there', token: 'env:T', headers: ['X-Key: k'] };
  assert.equal((await checked(t, options)).result, 'status');
  assert.equal((await checked(t, { ...options, redirects: 1 })).result, 'redirect');
  const { result, valueOf } = await checked(t, { ...options, redirects: 2 }, { 'env:T': 't1' });
  assert.equal(result, 'ok');
  assert.equal(valueOf('httpcheck_redirects'), 2);
  assert.deepEqual(seen, ['undefined undefined']);
  assert.equal((await checked(t, { url: `${url}/loop`, redirects: 10 })).result, 'redirect');
});

test('a server that cannot be reached, hangs or sends too much is a result', async (t) => {
  const url = await served(t, ({ url: path }, response) => {
    if (path === '/big') response.end('x'.repeat(2 ** 20 + 1));
    if (path === '/cut') response.destroy();
  });
  const expect = async (target: string, expected: string, deadlineMs = 10_000): Promise<void> => {
    assert.equal((await checked(t, { url: target }, {}, deadlineMs)).result, expected, target);
  };
  await expect(`http://127.0.0.1:${await freePort()}`, 'refused');
  await expect('http://nothing.invalid/', 'dns');
  await expect(`${url}/hang`, 'timeout', 200);
  await expect(`${url}/big`, 'too_large');
  await expect(`${url}/cut`, 'closed');
  await expect(url.replace('http:', 'https:'), 'tls');
});

test('certificates: trust, name, end and version are told apart', { skip: noOpenssl }, async (t) => {
  const { ca: tlsCa, ...pair } = await makeCertificate({ days: 20, authorityDays: 10 });
  let requests = 0;
  const count = (_: IncomingMessage, response: ServerResponse): void => {
    requests++;
    response.end('in');
  };
  const port = await listening(t, createSecureServer(pair, count));
  const url = `https://localhost:${port}/`;
  const trusted = await checked(t, { url, tlsCa });
  assert.equal(trusted.result, 'ok');
  assert.ok((trusted.valueOf('httpcheck_tls_handshake_duration_seconds') ?? 0) > 0);
  for (const [depth, days] of [
    [0, 20],
    [1, 10],
  ] as const) {
    const left = trusted.valueOf('httpcheck_tls_cert_remaining_seconds', { depth: String(depth) }) ?? 0;
    assert.ok(Math.abs(left / 86_400 - days) < 0.1, `${depth}: ${left}`);
  }
  assert.equal((await checked(t, { url, tlsCa, certificateDays: 9 })).result, 'ok');
  assert.equal((await checked(t, { url, tlsCa, certificateDays: 15 })).result, 'certificate_ends', 'of the authority');
  const sent = requests;
  assert.equal((await checked(t, { url, token: 'env:T' })).result, 'certificate_untrusted');
  assert.equal((await checked(t, { url: url.replace('localhost', '127.0.0.1'), tlsCa })).result, 'certificate_name');
  assert.equal(requests, sent, 'nothing is sent to whom is not trusted');
  assert.equal((await checked(t, { url, tlsVerify: false })).result, 'ok');
});

test('an old version of TLS, and a certificate that has ended', { skip: noOpenssl }, async (t) => {
  const { ca: tlsCa, ...pair } = await makeCertificate();
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
  const answer = (_: IncomingMessage, response: ServerResponse) => void response.end('in');
  const port = await listening(t, createSecureServer({ ...pair, ...old }, answer));
  const url = `https://localhost:${port}/`;
  assert.equal((await checked(t, { url, tlsCa })).result, 'tls_version');
  assert.equal((await checked(t, { url, tlsCa, tlsMinimum: 'TLSv1.1' })).result, 'ok');
  const { ca, ...ended } = await makeCertificate({ days: -1 });
  const second = await listening(t, createSecureServer(ended, answer));
  const { result, valueOf } = await checked(t, { url: `https://localhost:${second}/`, tlsCa: ca });
  assert.equal(result, 'certificate_expired');
  assert.ok((valueOf('httpcheck_tls_cert_remaining_seconds', { depth: '0' }) ?? 0) < 0);
});
