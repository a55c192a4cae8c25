import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const PYTHON = '/usr/bin/python3';

/** Why this mail server cannot be measured here, or false. */
export const noAiosmtpd: string | false =
  spawnSync(PYTHON, ['-c', 'import aiosmtpd']).status === 0 ? false : 'python3-aiosmtpd is not installed';

/** What it speaks TLS with; both PEM. */
export type MailCertificate = { readonly key: string; readonly cert: string };

const PROGRAM = `
import asyncio, ssl, sys
from aiosmtpd.smtp import SMTP, AuthResult
port, mode = int(sys.argv[1]), sys.argv[2]
class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if not address.endswith('@mail.test'):
            return '550 5.1.1 nobody of this name'
        envelope.rcpt_tos.append(address)
        return '250 OK'
def login(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b'ops' and data.password == b'horse', handled=False)
context = None
if mode != 'none':
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain('server.pem', 'server.key')
def session():
    tls = context if mode == 'starttls' else None
    return SMTP(Handler(), hostname='mail.test', tls_context=tls, authenticator=login,
                auth_require_tls=mode == 'starttls', data_size_limit=10240000)
async def main():
    served = context if mode == 'tls' else None
    server = await asyncio.get_running_loop().create_server(session, '127.0.0.1', port, ssl=served)
    await server.serve_forever()
asyncio.run(main())
`;

/** A mail server that knows the user `ops` with the password `horse`, and takes mail for `mail.test`. */
export async function startAiosmtpd(mode: 'none' | 'starttls' | 'tls', certificate?: MailCertificate): Promise<Peer> {
  const port = await freePort();
  const folder = await peerFolder('aiosmtpd');
  await writeFile(join(folder, 'server.py'), PROGRAM);
  await writeFile(join(folder, 'server.pem'), certificate?.cert ?? '');
  await writeFile(join(folder, 'server.key'), certificate?.key ?? '');
  const args = ['-W', 'ignore', 'server.py', String(port), mode];
  const peer = new Peer({ program: PYTHON, args, port, folder });
  await peer.start();
  return peer;
}
