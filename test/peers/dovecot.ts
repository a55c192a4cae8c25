import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const DOVECOT = '/usr/sbin/dovecot';
const NOBODY = 65_534;
const NEEDS = [DOVECOT, '/usr/lib/dovecot/imap', '/usr/lib/dovecot/pop3'];

/** Why Dovecot cannot be measured here, or false; it wants to be started by root. */
export const noDovecot: string | false =
  NEEDS.every(existsSync) && process.getuid?.() === 0
    ? false
    : 'dovecot-imapd and dovecot-pop3d are not installed, or this is not root';

/** Ports of a Dovecot; that of its `Peer` is `imap`. */
export type DovecotPorts = Readonly<Record<'imap' | 'imaps' | 'pop3' | 'pop3s', number>>;

/** A Dovecot with the user `ops`, password `horse`, and three mails in the inbox. */
export async function startDovecot(tls: {
  readonly key: string;
  readonly cert: string;
}): Promise<{ peer: Peer; ports: DovecotPorts }> {
  const [imap, imaps, pop3, pop3s] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const folder = await peerFolder('dovecot');
  await writeFile(join(folder, 'server.pem'), tls.cert);
  await writeFile(join(folder, 'server.key'), tls.key);
  await mkdir(join(folder, 'mail', 'new'), { recursive: true });
  for (const name of ['1', '2', '3']) {
    await writeFile(join(folder, 'mail', 'new', `${name}.test`), 'Subject: hello\n\nworld\n');
  }
  // It opens no mailbox as root.
  await chmod(folder, 0o755);
  for (const name of ['', 'new', 'new/1.test', 'new/2.test', 'new/3.test']) {
    await chown(join(folder, 'mail', name), NOBODY, NOBODY);
  }
  const config = join(folder, 'dovecot.conf');
  await writeFile(config, configOf(folder, { imap, imaps, pop3, pop3s }));
  const peer = new Peer({ program: DOVECOT, args: ['-F', '-c', config], port: imap, folder });
  await peer.start();
  return { peer, ports: { imap, imaps, pop3, pop3s } };
}

function configOf(folder: string, { imap, imaps, pop3, pop3s }: DovecotPorts): string {
  return `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = /dev/stderr
protocols = imap pop3
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/server.pem
ssl_key = <${folder}/server.key
first_valid_uid = 1
auth_failure_delay = 0
mail_location = maildir:${folder}/mail
passdb {
  driver = static
  args = password=horse
}
userdb {
  driver = static
  args = uid=${NOBODY} gid=${NOBODY} home=${folder}/mail
}
${listeners('imap', imap, imaps)}${listeners('pop3', pop3, pop3s)}`;
}

function listeners(protocol: 'imap' | 'pop3', plain: number, secured: number): string {
  return `service ${protocol}-login {
  chroot =
  inet_listener ${protocol} {
    port = ${plain}
  }
  inet_listener ${protocol}s {
    port = ${secured}
    ssl = yes
  }
}
`;
}
