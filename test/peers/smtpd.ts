import { spawnSync } from 'node:child_process';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const PYTHON = '/usr/bin/python3';

/** Why a mail server cannot be measured here, or false: Python had one up to 3.11. */
export const noSmtpd: string | false =
  spawnSync(PYTHON, ['-c', 'import smtpd']).status === 0 ? false : 'Python has no smtpd';

/** The mail server of Python, which takes mails and keeps none. */
export async function startSmtpd(): Promise<Peer> {
  const port = await freePort();
  const args = ['-W', 'ignore', '-m', 'smtpd', '-n', '-c', 'DebuggingServer', `127.0.0.1:${port}`];
  const peer = new Peer({ program: PYTHON, args, port, folder: await peerFolder('smtpd') });
  await peer.start();
  return peer;
}
