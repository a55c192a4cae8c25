import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type ConnectionOptions, connect } from 'node:tls';
import { promisify } from 'node:util';
import type { TlsFiles } from '#core/plugin/input.ts';
import { createTcpServer } from './tcp-server.ts';

const SKIP = existsSync('/usr/bin/openssl') ? false : 'openssl is not here';

let folder = '';
let files: TlsFiles;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nocmate-tls-'));
  files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  if (SKIP !== false) return;
  const made = ['-out', files.cert, '-keyout', files.key, '-days', '2', '-subj', '/CN=127.0.0.1'];
  await promisify(execFile)('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...made]);
});
after(() => rm(folder, { recursive: true }));

const serverOf = (tls: TlsFiles) =>
  createTcpServer({
    ...{ input: 'syslog', slot: 0, address: '127.0.0.1:0', isAnswered: false, tls },
    reader: () => assert.fail('no connection is read here'),
  });

/** What a server that greets tells a client; rejects when it is not let in. */
async function greeting(tls: TlsFiles, client: ConnectionOptions): Promise<string> {
  const server = await serverOf(tls);
  server.on('secureConnection', (socket) => socket.end('hello'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = connect({
    host: '127.0.0.1',
    port,
    ca: await readFile(files.cert),
    checkServerIdentity: () => undefined,
    ...client,
  });
  try {
    const [data] = (await once(socket, 'data')) as [Buffer];
    return data.toString();
  } finally {
    socket.destroy();
    server.close();
  }
}

test('a client that knows the certificate is let in', { skip: SKIP }, async () => {
  assert.equal(await greeting(files, {}), 'hello');
});

test('with an authority only clients with a certificate of it are let in', { skip: SKIP }, async () => {
  const tls = { ...files, ca: files.cert };
  const own = { cert: await readFile(files.cert), key: await readFile(files.key) };
  assert.equal(await greeting(tls, own), 'hello');
  await assert.rejects(greeting(tls, {}));
});

test('files that are absent or no certificate are named', { skip: SKIP }, async () => {
  const absent = serverOf({ ...files, cert: join(folder, 'absent.pem') });
  await assert.rejects(absent, /syslog: its certificate cannot be used for TLS: .*absent\.pem/);
  await assert.rejects(serverOf({ cert: files.key, key: files.cert }), /cannot be used for TLS/);
});
