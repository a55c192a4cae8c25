import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { peerFolder } from './peer.ts';

const run = promisify(execFile);
const OPENSSL = '/usr/bin/openssl';
const NEW_KEY = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes';

/** Why certificates cannot be made here, or false. */
export const noOpenssl: string | false = existsSync(OPENSSL) ? false : 'openssl is not installed';

/** A key, its certificate with the chain behind it, and the authority that signed it; all PEM. */
type Certified = { readonly key: string; readonly cert: string; readonly ca: string };

/** For which name, and how long the certificates are valid, in days. */
type Wanted = { readonly name?: string; readonly days?: number; readonly authorityDays?: number };

/** Has openssl make an authority and a certificate of a server. */
export async function makeCertificate(wanted: Wanted = {}): Promise<Certified> {
  const { name = 'localhost', days = 30, authorityDays = 60 } = wanted;
  const folder = await peerFolder('certificates');
  const openssl = (line: string): Promise<unknown> => run(OPENSSL, line.split(' '), { cwd: folder });
  const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8');
  try {
    await openssl(`req -x509 ${NEW_KEY} -keyout ca.key -out ca.pem -days ${authorityDays} -subj /CN=authority.test`);
    await openssl(`req ${NEW_KEY} -keyout server.key -out server.csr -subj /CN=${name}`);
    await writeFile(join(folder, 'names'), `subjectAltName=DNS:${name}\n`);
    const signed = '-CA ca.pem -CAkey ca.key -CAcreateserial -extfile names';
    await openssl(`x509 -req -in server.csr -out server.pem -days ${days} ${signed}`);
    const ca = await read('ca.pem');
    return { key: await read('server.key'), cert: `${await read('server.pem')}${ca}`, ca };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
