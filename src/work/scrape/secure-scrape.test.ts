import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { exposing, startExposer } from './testing/exposer.ts';
import { lines } from './testing/recording-sink.ts';
import { startScraper } from './testing/running-scraper.ts';

const folder = mkdtempSync(join(tmpdir(), 'scrape-tls-'));
after(() => rmSync(folder, { recursive: true }));
const key = join(folder, 'key.pem');
const cert = join(folder, 'cert.pem');
const OPENSSL = '/usr/bin/openssl';
const skip = existsSync(OPENSSL) ? false : 'openssl is not installed';

function makeCertificate(): void {
  const subject = ['-subj', '/CN=node.test', '-addext', 'subjectAltName=DNS:node.test'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync(OPENSSL, ['req', '-x509', ...curve, ...subject, '-days', '1', '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  });
}

test('a TLS target is scraped when its certificate is known and names it, with a client certificate if asked', {
  skip,
}, async (t) => {
  makeCertificate();
  const pem = { key: readFileSync(key), cert: readFileSync(cert) };
  const server = createServer({ ...pem, ca: pem.cert, requestCert: true }, exposing('a 1\n')).listen(0, '127.0.0.1');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { cert_file: cert, key_file: key };
  const job = { scheme: 'https', static_configs: [{ targets: [address] }] };
  const configs = {
    known: { ca_file: cert, server_name: 'node.test', ...client },
    noClient: { ca_file: cert, server_name: 'node.test' },
    unknownAuthority: { server_name: 'node.test', ...client },
    otherName: { ca_file: cert, ...client },
    unchecked: { insecure_skip_verify: true, ...client },
  };
  for (const [name, tls_config] of Object.entries(configs)) {
    const { scraper, round } = startScraper([{ job_name: name, ...job, tls_config }]);
    const isUp = lines(await round()).samples.some((line) => /^up\{.* 1$/.test(line));
    const { lastError } = scraper.targets().active[0] ?? {};
    await scraper.stop();
    assert.equal(isUp, name === 'known' || name === 'unchecked', `${name}: ${lastError}`);
  }
});

test('an access token is fetched once, sent with each scrape, and fetched anew when it expires', async () => {
  const tokens: string[] = [];
  const service = await startExposer((request, response) => {
    let form = '';
    request.on('data', (chunk: Buffer) => (form += chunk.toString()));
    request.on('end', () => {
      tokens.push(`${request.headers.authorization} ${form}`);
      response.end(JSON.stringify({ access_token: `t${tokens.length}`, token_type: 'bearer', expires_in: 20 }));
    });
  });
  const seen: unknown[] = [];
  const exposer = await startExposer((request, response) => {
    seen.push(request.headers.authorization);
    exposing('a 1\n')(request, response);
  });
  const oauth2 = {
    client_id: 'id',
    client_secret: 's:',
    scopes: ['r', 'w'],
    token_url: `http://${service.address}/token`,
  };
  const { scraper, round } = startScraper([
    { job_name: 'j', oauth2, static_configs: [{ targets: [exposer.address] }] },
  ]);
  try {
    for (let i = 0; i < 4; i++) await round();
    // It expires around the third scrape.
    assert.deepEqual([seen[0], seen[1], seen[3]], ['Bearer t1', 'Bearer t1', 'Bearer t2']);
    const client = Buffer.from('id:s%3A').toString('base64');
    assert.equal(tokens[0], `Basic ${client} grant_type=client_credentials&scope=r+w`);
    assert.equal(tokens.length, 2);
  } finally {
    await scraper.stop();
    await Promise.all([service.close(), exposer.close()]);
  }
});
