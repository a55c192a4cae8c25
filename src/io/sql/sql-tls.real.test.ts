import assert from 'node:assert/strict';
import { chmod, chown, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeCertificate, noOpenssl } from '#test/peers/certificates.ts';
import { noMariadb, startMariadb } from '#test/peers/mariadb.ts';
import { type Peer, peerFolder } from '#test/peers/peer.ts';
import { startPostgres } from '#test/peers/postgres.ts';
import { openContext } from '#work/context/open-context.ts';
import { openSql, type SqlConnection, type SqlLogin, type SqlServer } from './index.ts';

const NAME = 'db-1.test';
/** The account under which the servers run where we are root. */
const NOBODY = 65_534;

type Kind = {
  readonly name: string;
  readonly server: SqlServer;
  readonly skip: string | false;
  readonly login: Pick<SqlLogin, 'username' | 'password'>;
  readonly slow: string;
  readonly start: (file: (name: string) => string) => Promise<Peer>;
};

const KINDS: readonly Kind[] = [
  {
    ...{ name: 'MariaDB', server: 'mysql', skip: noMariadb || noOpenssl, slow: 'SELECT SLEEP(60)' },
    login: { username: 'root', password: '' },
    start: (file) => startMariadb([`--ssl-cert=${file('cert')}`, `--ssl-key=${file('key')}`, `--ssl-ca=${file('ca')}`]),
  },
  {
    ...{ name: 'PostgreSQL', server: 'postgresql', skip: noOpenssl, slow: 'SELECT pg_sleep(60)' },
    login: { username: 'postgres', password: 'right horse' },
    start: (file) => startPostgres(['ssl=on', `ssl_cert_file=${file('cert')}`, `ssl_key_file=${file('key')}`]),
  },
];

/** Files of a certificate that the account of the servers reads; gives the authority. */
async function writeCertificate(t: TestContext) {
  const folder = await peerFolder('sql-tls');
  t.after(() => rm(folder, { recursive: true, force: true }));
  const certificate = await makeCertificate({ name: NAME });
  await chmod(folder, 0o755);
  for (const [name, text] of Object.entries(certificate)) {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    if (process.getuid?.() === 0) await chown(join(folder, name), NOBODY, NOBODY);
  }
  return { file: (name: string) => join(folder, name), ca: certificate.ca };
}

for (const { name, server, skip, login, slow, start } of KINDS) {
  test(`TLS to ${name}: known by its authority and name; an abort at any moment harms nobody`, { skip }, async (t) => {
    const { file, ca } = await writeCertificate(t);
    const peer = await start(file);
    t.after(() => peer.remove());
    const known = { address: { host: '127.0.0.1', port: peer.port }, tls: true, tlsCa: ca, tlsServerName: NAME };
    const opened = async (more: Partial<SqlLogin>, signal: AbortSignal) => {
      const { context, close } = openContext({ resolve: async () => '' }, true);
      const all = { ...known, ...login, statementTimeoutMs: 60_000, ...more };
      return { close, connection: await openSql(server, all, { sockets: context.probe, signal }) };
    };
    const soon = (): AbortSignal => AbortSignal.timeout(20_000);
    const ask = ({ query }: SqlConnection, signal: AbortSignal) => query(slow, { signal });
    const good = await opened({}, soon());
    assert.deepEqual((await good.connection.query('SELECT 1', { signal: soon() })).rows, [['1']]);
    await assert.rejects(ask(good.connection, AbortSignal.timeout(100)), { name: 'TimeoutError' });
    good.close();
    await assert.rejects(opened({ tlsCa: undefined }, soon()), { kind: 'unreachable', message: /self-signed/ });
    await assert.rejects(opened({ tlsServerName: 'other' }, soon()), {
      kind: 'unreachable',
      message: /does not match/,
    });
    for (let ms = 0; ms < 30; ms++) {
      const attempt = await opened({}, AbortSignal.timeout(ms)).catch(() => undefined);
      attempt?.close();
    }
    const torn = await opened({}, soon());
    const asked = assert.rejects(ask(torn.connection, soon()), { kind: 'unreachable' });
    torn.close();
    await asked;
  });
}
