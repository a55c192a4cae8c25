import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const SLAPD = '/usr/sbin/slapd';
const SLAPADD = '/usr/sbin/slapadd';

/** Why a directory cannot be measured here, or false. */
export const noSlapd: string | false = existsSync(SLAPD) ? false : 'slapd is not installed';

const ENTRIES = `dn: dc=test
objectClass: dcObject
objectClass: organization
dc: test
o: test

dn: cn=ops,dc=test
objectClass: organizationalRole
cn: ops

dn: cn=dev,dc=test
objectClass: organizationalRole
cn: dev
`;

/** A directory under `dc=test` with two roles; `cn=admin,dc=test` has the password `horse`. `tls`: from the first byte on. */
export async function startSlapd(
  certificate: { readonly key: string; readonly cert: string; readonly ca: string },
  tls = false,
): Promise<Peer> {
  const port = await freePort();
  const folder = await peerFolder('slapd');
  const config = join(folder, 'slapd.conf');
  await mkdir(join(folder, 'data'));
  for (const [name, text] of Object.entries(certificate)) await writeFile(join(folder, `${name}.pem`), text);
  await writeFile(join(folder, 'entries.ldif'), ENTRIES);
  await writeFile(
    config,
    `include /etc/ldap/schema/core.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${folder}/pid
TLSCACertificateFile ${folder}/ca.pem
TLSCertificateFile ${folder}/cert.pem
TLSCertificateKeyFile ${folder}/key.pem
database mdb
suffix dc=test
rootdn cn=admin,dc=test
rootpw horse
directory ${folder}/data
maxsize 10485760
`,
  );
  await promisify(execFile)(SLAPADD, ['-f', config, '-l', join(folder, 'entries.ldif')]);
  const url = `${tls ? 'ldaps' : 'ldap'}://127.0.0.1:${port}/`;
  const peer = new Peer({ program: SLAPD, args: ['-d', '0', '-h', url, '-f', config], port, folder });
  await peer.start();
  return peer;
}
