import { RE2JS } from 're2js';

/** One turn of a dialogue: what is said, then what must be heard. */
export type Turn = { readonly send?: string; readonly expect?: RE2JS };

/** A dialogue that is polite to a protocol, and its usual port. */
type Preset = { readonly port: number; readonly turns: readonly Turn[] };

const turn = (expect: string, send?: string): Turn => ({
  expect: RE2JS.compile(expect),
  ...(send === undefined ? {} : { send }),
});

/** Replies of several lines end with the one that has a blank after its number (RFC 5321 §4.2.1, RFC 959 §4.2). */
const reply = (code: number): string => String.raw`(?m)^${code} [^\n]*\n`;

/** Servers answer as well when they want a login first. */
const REDIS_ANSWER = String.raw`^(?:\+PONG|-NOAUTH|-DENIED|-NOPERM)[^\n]*\n`;

/** Dialogues by the name that the option `preset` takes. */
export const PRESETS = {
  smtp: { port: 25, turns: [turn(reply(220)), turn(reply(221), 'QUIT\r\n')] },
  imap: {
    port: 143,
    turns: [turn(String.raw`^\* (?:OK|PREAUTH)[^\n]*\n`), turn(String.raw`(?m)^a OK`, 'a LOGOUT\r\n')],
  },
  pop3: { port: 110, turns: [turn(String.raw`^\+OK[^\n]*\n`), turn(String.raw`^\+OK`, 'QUIT\r\n')] },
  ftp: { port: 21, turns: [turn(reply(220)), turn(reply(221), 'QUIT\r\n')] },
  ssh: { port: 22, turns: [turn(String.raw`(?m)^SSH-(?:2\.0|1\.99)-[^\n]*\n`)] },
  redis: { port: 6379, turns: [turn(REDIS_ANSWER, 'PING\r\n')] },
  memcached: { port: 11_211, turns: [turn(String.raw`^VERSION [^\n]*\n`, 'version\r\n')] },
} as const satisfies Readonly<Record<string, Preset>>;
