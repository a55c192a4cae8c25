import { monthAt } from '#core/timestamps/calendar.ts';
import { isDigit } from '#core/timestamps/scan.ts';
import { TimestampReader } from '#core/timestamps/timestamp-reader.ts';
import type { Zone } from '#core/timestamps/zone.ts';
import { readStructuredData } from './structured-data.ts';
import type { SyslogMessage } from './syslog-message.ts';

const NONE: readonly string[] = [];

/** Reads headers of syslog messages of both RFCs and of what devices send in their place. One per stream: it keeps a place. */
export class SyslogReader {
  readonly #times: TimestampReader;

  /** `zone` is that of RFC 3164's timestamps. */
  constructor(zone: Zone) {
    this.#times = new TimestampReader(zone);
  }

  /** A message, of any shape: without a header all of it is the body. `now` (ms) gives years that are not written. */
  read(text: string, now: number): SyslogMessage {
    const at = priEnd(text);
    const pri = at > 0 ? Number(text.slice(1, at - 1)) : undefined;
    const facility = pri === undefined ? undefined : pri >> 3;
    const severity = pri === undefined ? undefined : pri & 7;
    const whole = { facility, severity, t: undefined, host: '', app: '', procid: '', msgid: '', structured: NONE };
    const parsed = (at > 0 ? this.#rfc5424(text, at, now) : undefined) ?? this.#rfc3164(text, at, now);
    return parsed === undefined ? { ...whole, body: text.slice(at), rfc: 0 } : { ...whole, ...parsed };
  }

  /** RFC 5424 §6; undefined where no version and timestamp (or nothing more) follow the PRI. */
  #rfc5424(
    text: string,
    at: number,
    now: number,
  ): (Partial<SyslogMessage> & Pick<SyslogMessage, 'body' | 'rfc'>) | undefined {
    let version = at;
    while (isDigit(text.charCodeAt(version)) && version < at + 3) version++;
    if (version === at) return undefined;
    if (version === text.length) return { body: '', rfc: 5424 };
    if (text.charCodeAt(version) !== 32) return undefined;
    let position = version + 1;
    let t: number | undefined;
    if (text.charCodeAt(position) === 45) position += 1;
    else {
      t = this.#times.read(text, position, now);
      position = this.#times.end;
      if (Number.isNaN(t)) return undefined;
    }
    const words: string[] = [];
    for (let i = 0; i < 4; i++) {
      if (text.charCodeAt(position) !== 32) return undefined;
      const end = wordEnd(text, position + 1);
      words.push(end === position + 2 && text.charCodeAt(position + 1) === 45 ? '' : text.slice(position + 1, end));
      position = end;
    }
    const [host = '', app = '', procid = '', msgid = ''] = words;
    const structured: string[] = [];
    const after = readStructuredData(text, position + 1, structured);
    const start = after < 0 ? position : after;
    const body = withoutBom(text.slice(start + (text.charCodeAt(start) === 32 ? 1 : 0)));
    return { t, host, app, procid, msgid, structured: after < 0 ? NONE : structured, body, rfc: 5424 };
  }

  #rfc3164(text: string, at: number, now: number): SyslogHeader | undefined {
    let start = at;
    let host = '';
    if (at > 0 && monthAt(text, at) === 0) {
      start = isDigit(text.charCodeAt(at)) ? afterCount(text, at) : at;
      const named = /^([\w.:-]+): (?=[*.]?[A-Z][a-z]{2} [ \d]\d )/.exec(text.slice(start, start + 80));
      if (named !== null) {
        host = named[1] ?? '';
        start += named[0].length;
      }
    }
    const code = text.charCodeAt(start);
    if (code === 42 || code === 46) start++;
    const t = this.#times.read(text, start, now);
    const { end } = this.#times;
    const parting = text.charCodeAt(end);
    if (Number.isNaN(t)) return at > 0 ? { t: undefined, host, ...readTag(text, start), rfc: 3164 } : undefined;
    if (parting === 58) return { t, host, ...ciscoBody(text, end + 1), rfc: 3164 };
    if (parting !== 32) return at > 0 ? { t, host, app: '', procid: '', body: text.slice(end), rfc: 3164 } : undefined;
    return { t, ...readHostAndTag(text, end + 1), rfc: 3164 };
  }
}

type Tagged = { app: string; procid: string; body: string };
type SyslogHeader = Tagged & { t: number | undefined; host: string; rfc: 3164 };

/** Index after `<PRI>`, 0 without one. */
function priEnd(text: string): number {
  if (text.charCodeAt(0) !== 60) return 0;
  let end = 1;
  while (end < 5 && isDigit(text.charCodeAt(end))) end++;
  return end > 1 && text.charCodeAt(end) === 62 && Number(text.slice(1, end)) <= 191 ? end + 1 : 0;
}

/** Cisco's sequence number after the PRI: `<189>000123: `. */
function afterCount(text: string, at: number): number {
  const match = /^\d+: /.exec(text.slice(at, at + 14));
  return match === null ? at : at + match[0].length;
}

function wordEnd(text: string, at: number): number {
  const end = text.indexOf(' ', at);
  return end < 0 ? text.length : end;
}

function withoutBom(body: string): string {
  return body.charCodeAt(0) === 0xfeff ? body.slice(1) : body;
}

/** `host tag[pid]: body`; a first word that ends as a tag does is one: then no host was sent. */
function readHostAndTag(text: string, at: number): Tagged & { host: string } {
  const end = wordEnd(text, at);
  const last = text.charCodeAt(end - 1);
  if (last === 58 && end < text.length) return { host: '', ...readTag(text, at) };
  const next = text.charCodeAt(end + 1) === 58 ? end + 2 : end;
  let start = next + 1;
  while (text.charCodeAt(start) === 32) start++;
  return { host: text.slice(at, end), ...readTag(text, start) };
}

/** RFC 3164 §5.3, wider: `name[pid]: body`, `name: body`, `%ASA-6-302013: …` (kept); without a colon all is body. */
function readTag(text: string, at: number): Tagged {
  const start = text.charCodeAt(at) === 58 ? at + 1 : at;
  if (text.charCodeAt(start) === 37) return ciscoBody(text, start);
  let end = start;
  let open = -1;
  for (; end < text.length && end < start + 128; end++) {
    const code = text.charCodeAt(end);
    if (code === 32 || code === 58) break;
    if (code === 91) {
      open = end;
      end = text.indexOf(']', end);
      if (end < 0) break;
      end++;
      break;
    }
  }
  if (open > start && text.startsWith(' (', end)) {
    const label = /^ \([^)]{0,200}\)(?=: )/.exec(text.slice(end, end + 210));
    if (label !== null) return tagged(text, { start, open, end, label: label[0].length });
  }
  const colon = end > start && text.charCodeAt(end) === 58;
  const app = text.slice(start, open < 0 ? end : open);
  if (!(colon || (open > start && text.charCodeAt(end) === 32)) || app === '')
    return { app: '', procid: '', body: text.slice(start) };
  const body = end + (colon ? 1 : 0);
  return {
    app,
    procid: open < 0 ? '' : text.slice(open + 1, end - 1),
    body: text.slice(body + (text.charCodeAt(body) === 32 ? 1 : 0)),
  };
}

/** Darwin's launchd puts the job's name in parentheses after the tag: `launchd[1] (com.apple.x[2]): text`. */
function tagged(text: string, at: { start: number; open: number; end: number; label: number }): Tagged {
  const body = text.slice(at.end + at.label + 2);
  return { app: text.slice(at.start, at.open), procid: text.slice(at.open + 1, at.end - 1), body };
}

function ciscoBody(text: string, at: number): Tagged {
  return { app: '', procid: '', body: text.slice(at).trimStart() };
}
