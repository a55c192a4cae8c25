import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const CHRONYD = '/usr/sbin/chronyd';

/** Why Chrony cannot be measured here, or false; it wants to be started by root. */
export const noChrony: string | false =
  existsSync(CHRONYD) && process.getuid?.() === 0 ? false : 'chrony is not installed, or this is not root';

/** A time server of stratum 8 that has the time of this machine and does not set its clock. */
export async function startChrony(): Promise<Peer> {
  const port = await freePort();
  const folder = await peerFolder('chrony');
  const config = join(folder, 'chrony.conf');
  await writeFile(
    config,
    `port ${port}
bindaddress 127.0.0.1
allow 127.0.0.1
local stratum 8
cmdport 0
bindcmdaddress /
pidfile ${folder}/pid
driftfile ${folder}/drift
`,
  );
  const args = ['-d', '-x', '-u', 'root', '-f', config];
  const peer = new Peer({ program: CHRONYD, args, port, folder, listens: () => answers(port) });
  await peer.start();
  return peer;
}

/** True when an answer to a question of NTP comes. */
async function answers(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    const signal = AbortSignal.timeout(500);
    const answer = once(socket, 'message', { signal });
    const question = Buffer.alloc(48);
    question[0] = 0x23;
    socket.connect(port, '127.0.0.1', () => socket.send(question));
    await answer;
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}
