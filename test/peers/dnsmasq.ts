import { existsSync } from 'node:fs';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const DNSMASQ = '/usr/sbin/dnsmasq';

/** Why a DNS server cannot be measured here, or false. */
export const noDnsmasq: string | false = existsSync(DNSMASQ) ? false : 'dnsmasq is not installed';

/** A DNS server that knows what its further options say, and asks nobody unless they name a server. */
export async function startDnsmasq(options: readonly string[]): Promise<Peer> {
  const port = await freePort();
  const own = ['--keep-in-foreground', '--conf-file=/dev/null', '--no-resolv', '--no-hosts', '--bind-interfaces'];
  const user = process.getuid?.() === 0 ? ['--user=root', '--group=root'] : [];
  const args = [...own, ...user, '--pid-file', `--port=${port}`, '--listen-address=127.0.0.1', ...options];
  const peer = new Peer({ program: DNSMASQ, args, port, folder: await peerFolder('dnsmasq') });
  await peer.start();
  return peer;
}
