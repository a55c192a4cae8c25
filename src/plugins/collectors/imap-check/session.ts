import { CollectError } from '#core/plugin/collect-error.ts';
import type { CollectedValue } from '#core/plugin/collector.ts';
import type { SocketTalk } from '#core/plugin/target-context.ts';
import type { ImapCheckConfig } from './config.ts';
import { parseStat, parseStatus } from './parse.ts';

/** What was answered, and whether it was yes. */
export type Answer = { readonly isOk: boolean; readonly text: string };

/** The words of a protocol, as far as a check needs them. */
export type Session = {
  readonly greeting: (talk: SocketTalk, signal: AbortSignal) => Promise<Answer>;
  readonly startTls: (talk: SocketTalk, signal: AbortSignal) => Promise<Answer>;
  readonly login: (talk: SocketTalk, login: Login, signal: AbortSignal) => Promise<Answer>;
  /** Counts what is in the mailbox. */
  readonly look: (
    talk: SocketTalk,
    mailbox: string,
    signal: AbortSignal,
  ) => Promise<Answer & { values: CollectedValue[] }>;
  readonly farewell: string;
};
type Login = { readonly username: string; readonly password: string };

/** More lines before an answer is no server that means well. */
const MOST_LINES = 500;

/** The session of a protocol. */
export function sessionOf({ protocol }: ImapCheckConfig): Session {
  return protocol === 'imap' ? IMAP : POP3;
}

/** The answer to a tagged command, and the lines before it. */
async function imap(talk: SocketTalk, line: string, signal: AbortSignal): Promise<Answer & { lines: string[] }> {
  talk.write(`a ${line}\r\n`);
  const lines: string[] = [];
  while (lines.length < MOST_LINES) {
    const text = await talk.readLine(signal);
    if (text.startsWith('a ')) return { isOk: /^a OK/i.test(text), text, lines };
    if (/^\* BYE/i.test(text)) return { isOk: false, text, lines };
    if (!/^[*+]/.test(text)) throw notOfIts('IMAP', text);
    lines.push(text);
  }
  throw new CollectError('too_large', 'its answer has no end');
}

const IMAP: Session = {
  greeting: async (talk, signal) => {
    const text = await talk.readLine(signal);
    if (!text.startsWith('* ')) throw notOfIts('IMAP', text);
    return { isOk: /^\* (OK|PREAUTH)/i.test(text), text };
  },
  startTls: (talk, signal) => imap(talk, 'STARTTLS', signal),
  login: (talk, { username, password }, signal) => imap(talk, `LOGIN ${quoted(username)} ${quoted(password)}`, signal),
  look: async (talk, mailbox, signal) => {
    const answer = await imap(talk, `STATUS ${quoted(mailbox)} (MESSAGES UNSEEN)`, signal);
    return { ...answer, values: answer.lines.flatMap(parseStatus) };
  },
  farewell: 'a LOGOUT\r\n',
};

async function pop3(talk: SocketTalk, line: string | undefined, signal: AbortSignal): Promise<Answer> {
  if (line !== undefined) talk.write(`${line}\r\n`);
  const text = await talk.readLine(signal);
  if (!/^[+-]/.test(text)) throw notOfIts('POP3', text);
  return { isOk: /^\+OK/i.test(text), text };
}

const POP3: Session = {
  greeting: (talk, signal) => pop3(talk, undefined, signal),
  startTls: (talk, signal) => pop3(talk, 'STLS', signal),
  login: async (talk, { username, password }, signal) => {
    const named = await pop3(talk, `USER ${oneLine(username)}`, signal);
    return named.isOk ? pop3(talk, `PASS ${oneLine(password)}`, signal) : named;
  },
  look: async (talk, _mailbox, signal) => {
    const answer = await pop3(talk, 'STAT', signal);
    return { ...answer, values: parseStat(answer.text) };
  },
  farewell: 'QUIT\r\n',
};

/** A quoted string (RFC 9051 §4.3). */
function quoted(text: string): string {
  return `"${oneLine(text).replaceAll(/[\\"]/g, String.raw`\$&`)}"`;
}

/** What would be another command is refused. */
function oneLine(text: string): string {
  if (/[\r\n\0]/.test(text)) throw new Error('a user name, password or mailbox does not go over several lines');
  return text;
}

function notOfIts(protocol: string, text: string): CollectError {
  return new CollectError('protocol', `it is no ${protocol}: ${text.slice(0, 80)}`);
}
