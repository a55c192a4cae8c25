import { CollectError } from './collect-error.ts';
import type { SocketTalk } from './target-context.ts';

/** Protocols that go over to TLS on a connection that is open. */
export const START_TLS = ['smtp', 'imap', 'pop3', 'ftp', 'ldap', 'postgres'] as const;
export type StartTlsProtocol = (typeof START_TLS)[number];

/** Usual ports of these protocols. */
export const START_TLS_PORTS: Readonly<Record<StartTlsProtocol, number>> = {
  ...{ smtp: 25, imap: 143, pop3: 110 },
  ...{ ftp: 21, ldap: 389, postgres: 5432 },
};

/** A reply of SMTP or FTP: its code, and the texts of its lines. */
export type Reply = { readonly code: number; readonly lines: readonly string[] };

/** More is no reply of a server that means well. */
const MOST_LINES = 200;
/** The name by which a client greets that is nobody's mail server. */
const CLIENT = 'nocmate.invalid';

/** The next reply, which may have several lines (RFC 5321 §4.2.1, RFC 959 §4.2). Throws `CollectError`. */
export async function readReply(talk: SocketTalk, signal: AbortSignal): Promise<Reply> {
  const lines: string[] = [];
  for (;;) {
    const line = await talk.readLine(signal);
    const [, code, more, text = ''] = /^(\d{3})(-|(?: |$))(.*)$/.exec(line) ?? [];
    // FTP lets lines between stand without a number.
    if (code === undefined && lines.length === 0) throw new CollectError('protocol', `it said ${line.slice(0, 80)}`);
    lines.push(code === undefined ? line : text);
    if (code !== undefined && more !== '-') return { code: Number(code), lines };
    if (lines.length > MOST_LINES) throw new CollectError('too_large', 'its reply has no end');
  }
}

/** Says a line and gives the reply to it. */
export async function command(talk: SocketTalk, line: string, signal: AbortSignal): Promise<Reply> {
  talk.write(`${line}\r\n`);
  return readReply(talk, signal);
}

type Start = (talk: SocketTalk, signal: AbortSignal) => Promise<boolean>;

const STARTS: Readonly<Record<StartTlsProtocol, Start>> = {
  smtp: async (talk, signal) => {
    if ((await readReply(talk, signal)).code !== 220) return false;
    if ((await command(talk, `EHLO ${CLIENT}`, signal)).code !== 250) return false;
    return (await command(talk, 'STARTTLS', signal)).code === 220;
  },
  imap: async (talk, signal) => {
    if (!/^\* (OK|PREAUTH)/i.test(await talk.readLine(signal))) return false;
    talk.write('a STARTTLS\r\n');
    return /^a OK/i.test(await tagged(talk, signal));
  },
  pop3: async (talk, signal) => {
    if (!/^\+OK/i.test(await talk.readLine(signal))) return false;
    talk.write('STLS\r\n');
    return /^\+OK/i.test(await talk.readLine(signal));
  },
  ftp: async (talk, signal) => {
    if ((await readReply(talk, signal)).code !== 220) return false;
    return (await command(talk, 'AUTH TLS', signal)).code === 234;
  },
  ldap: startLdap,
  postgres: async (talk, signal) => {
    // SSLRequest, PostgreSQL 54.7.
    talk.write(Buffer.from('0000000804d2162f', 'hex'));
    return String(await talk.readBytes(1, signal)) === 'S';
  },
};

/** Brings a fresh connection to where the handshake of TLS begins; false when the server will not. Throws `CollectError`. */
export function startTls(protocol: StartTlsProtocol, talk: SocketTalk, signal: AbortSignal): Promise<boolean> {
  return STARTS[protocol](talk, signal);
}

async function tagged(talk: SocketTalk, signal: AbortSignal): Promise<string> {
  for (let lines = 0; lines < MOST_LINES; lines++) {
    const line = await talk.readLine(signal);
    if (line.startsWith('a ')) return line;
  }
  throw new CollectError('too_large', 'its answer has no end');
}

/** An extended request (RFC 4511 §4.14.1) with message number 1, and the result code of its answer. */
async function startLdap(talk: SocketTalk, signal: AbortSignal): Promise<boolean> {
  const oid = Buffer.from('1.3.6.1.4.1.1466.20037');
  talk.write(
    Buffer.concat([Buffer.from([0x30, oid.length + 7, 2, 1, 1, 0x77, oid.length + 2, 0x80, oid.length]), oid]),
  );
  const [tag, length = 0] = await talk.readBytes(2, signal);
  if (tag !== 0x30 || length >= 0x80) throw new CollectError('protocol', 'what came is no message of LDAP');
  const message = await talk.readBytes(length, signal);
  return message.subarray(3, 8).includes(Buffer.from([0x0a, 1, 0]));
}
