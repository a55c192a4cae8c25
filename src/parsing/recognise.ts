import type { FormatCount } from '#core/api/log-rule-api.ts';
import type { TimestampReader } from '#core/timestamps/timestamp-reader.ts';
import type { Zone } from '#core/timestamps/zone.ts';
import { accessLog, sslRequestLog } from './formats/access-log.ts';
import { APPLICATION_FORMATS, applicationFormat } from './formats/applications.ts';
import { auditd } from './formats/auditd.ts';
import { cisco } from './formats/cisco.ts';
import { mongodb, mssql, mysqlError, mysqlSlow, redis } from './formats/databases.ts';
import { elasticStack, kafka } from './formats/elastic-stack.ts';
import { eventFormats } from './formats/event-formats.ts';
import { haproxy } from './formats/haproxy.ts';
import { javaLog, julLog } from './formats/java-log.ts';
import { jsonLog } from './formats/json-log.ts';
import { netfilter } from './formats/kernel.ts';
import { exim } from './formats/mail.ts';
import { alternatives, dpkg } from './formats/packages.ts';
import { logfmt, timedLine } from './formats/plain-lines.ts';
import { postgresql, postgresqlCsv } from './formats/postgresql.ts';
import { f5, fortigate, panOs, snort } from './formats/security-devices.ts';
import { icinga, nagios, nats, squid } from './formats/services.ts';
import { syslogLine } from './formats/syslog-line.ts';
import { w3cLog } from './formats/w3c.ts';
import { apacheError, nginxError } from './formats/web-errors.ts';
import type { LogDraft } from './log-draft.ts';
import type { FormatTools, LogFormat } from './log-format.ts';

const MAX_DEPTH = 3;
const MAX_REMEMBERED = 10_000;
/** After so many messages of a program without a known format within them, only each RETRYth is tried. */
const PATIENCE = 20;
const RETRY = 64;
/** Long lines are recognised by their starts alone; only JSON is read whole. */
const MAX_TEXT = 65_536;

type Start = 'digit' | 'bracket' | 'brace' | 'angle' | 'letter' | 'other';

/** Formats by what a line begins with; within a list the stricter ones come first. */
function formatsByStart(zone: Zone): Record<Start, readonly LogFormat[]> {
  const syslog = syslogLine(zone);
  const w3c = w3cLog();
  const databases = [postgresql, nginxError, mysqlError, postgresqlCsv, mongodb, redis];
  const devices = [mssql, exim, panOs, f5, snort];
  const servers = [elasticStack, apacheError, kafka, sslRequestLog, icinga, nats, redis, nagios, snort];
  const texts = [haproxy, accessLog, f5, icinga, javaLog, netfilter, cisco];
  return {
    digit: [accessLog, haproxy, ...databases, w3c, squid, ...devices, javaLog, dpkg, syslog, cisco, timedLine],
    bracket: [...servers, jsonLog, javaLog, netfilter, timedLine],
    brace: [jsonLog],
    angle: [syslog],
    letter: [julLog, alternatives, syslog, auditd, fortigate, eventFormats, logfmt, ...texts, timedLine],
    other: [mysqlSlow, w3c, accessLog, haproxy, cisco, netfilter, syslog, logfmt],
  };
}

/** What recognises formats; one per parser. */
export type Recogniser = {
  /** Reads a line by the format that fits it, whose id it gives; '' when none does. */
  readonly recognise: (text: string, draft: LogDraft, now: number) => string;
  /** Reads a line as the format named. */
  readonly as: (format: string, text: string, draft: LogDraft, now: number) => boolean;
  /** Every format with the number of lines, and of messages within lines, that were read as it. */
  readonly counts: () => readonly FormatCount[];
};

/** Recognition by first characters, then by trial; the format that fitted a source last is tried first. */
export function createRecogniser(zone: Zone, times: TimestampReader): Recogniser {
  return new TrialRecogniser(zone, times);
}

class TrialRecogniser implements Recogniser {
  readonly #formats: Record<Start, readonly LogFormat[]>;
  readonly #byId: ReadonlyMap<string, LogFormat>;
  readonly #remembered = new Map<string, LogFormat>();
  /** Messages in a row within which nothing was recognised, by program. */
  readonly #misses = new Map<string, number>();
  readonly #uses = new Map<LogFormat, number>();
  readonly #tools: { -readonly [Key in keyof FormatTools]: FormatTools[Key] };

  constructor(zone: Zone, times: TimestampReader) {
    this.#formats = formatsByStart(zone);
    this.#byId = new Map(
      Object.values(this.#formats).flatMap((list) => list.map((format) => [format.id, format] as const)),
    );
    this.#tools = {
      ...{ times, now: 0 },
      inner: (text, draft, depth) => this.#inner(text, draft, depth),
      used: (format) => this.#note(format),
    };
  }

  recognise(text: string, draft: LogDraft, now: number): string {
    this.#tools.now = now;
    const head = text.length > MAX_TEXT && text.charCodeAt(0) !== 123 ? text.slice(0, MAX_TEXT) : text;
    const key = draft.source === '' ? draft.service : draft.source;
    const last = this.#remembered.get(key);
    if (last !== undefined && last !== timedLine && this.#attempt(last, head, draft, 0))
      return whole(text, head, draft, last);
    const program = draft.service === '' ? undefined : applicationFormat(draft.service);
    if (program !== undefined && this.#attempt(program, head, draft, 0)) return whole(text, head, draft, program);
    const found = this.#listFor(head).find((format) => format !== last && this.#attempt(format, head, draft, 0));
    if (found === undefined) return '';
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(key, found);
    return whole(text, head, draft, found);
  }

  as(format: string, text: string, draft: LogDraft, now: number): boolean {
    this.#tools.now = now;
    const named = this.#byId.get(format);
    return named !== undefined && this.#attempt(named, text, draft, 0);
  }

  counts(): FormatCount[] {
    const lines = new Map([...this.#byId.keys(), ...APPLICATION_FORMATS].map((id) => [id, 0]));
    for (const [{ id }, uses] of this.#uses) lines.set(id, (lines.get(id) ?? 0) + uses);
    return [...lines].map(([id, count]) => ({ id, lines: count }));
  }

  #note(format: LogFormat): void {
    this.#uses.set(format, (this.#uses.get(format) ?? 0) + 1);
  }

  /** A draft is as it was when a format does not fit. */
  #attempt(format: LogFormat, text: string, draft: LogDraft, depth: number): boolean {
    const { t, severity, host, service, body, traceId, spanId } = draft;
    const mark = draft.fields.length;
    if (format.read(text, draft, this.#tools, depth)) {
      this.#note(format);
      return true;
    }
    draft.fields.length = mark;
    draft.t = t;
    draft.severity = severity;
    draft.host = host;
    draft.service = service;
    draft.body = body;
    draft.traceId = traceId;
    draft.spanId = spanId;
    return false;
  }

  #listFor(text: string): readonly LogFormat[] {
    return this.#formats[startOf(text.charCodeAt(0))];
  }

  #inner(text: string, draft: LogDraft, depth: number): boolean {
    if (depth > MAX_DEPTH || text.length < 8 || !isTelling(text)) return false;
    const key = `${depth} ${draft.service}`;
    const misses = this.#misses.get(key) ?? 0;
    if (misses > PATIENCE && misses % RETRY !== 0) {
      this.#misses.set(key, misses + 1);
      return false;
    }
    const { t, severity } = draft;
    const fits = (format: LogFormat): boolean =>
      format !== timedLine && format.id !== 'syslog' && this.#attempt(format, text, draft, depth);
    const found = this.#listFor(text).find(fits) !== undefined;
    if (this.#misses.size >= MAX_REMEMBERED) this.#misses.clear();
    this.#misses.set(key, found ? 0 : misses + 1);
    if (!found) return false;
    if (Number.isNaN(draft.t)) draft.t = t;
    draft.severity ||= severity;
    return true;
  }
}

/** Whether a message may be more than prose: all formats within others have one of these at their starts. */
function isTelling(text: string): boolean {
  const first = text.charCodeAt(0);
  if ((first | 32) < 97 || (first | 32) > 122) return true;
  for (let i = 1; i < text.length && i < 80; i++) {
    const code = text.charCodeAt(i);
    if (code === 61 || code === 37 || code === 124 || code === 91 || code === 47) return true;
  }
  return false;
}

/** What was cut off before recognition is a part of the body all the same. */
function whole(text: string, head: string, draft: LogDraft, format: LogFormat): string {
  if (head.length < text.length)
    draft.body = head.endsWith(draft.body) ? text.slice(head.length - draft.body.length) : text;
  return format.id;
}

function startOf(code: number): Start {
  if (code >= 48 && code <= 57) return 'digit';
  if (code === 123) return 'brace';
  if (code === 91) return 'bracket';
  if (code === 60) return 'angle';
  return (code | 32) >= 97 && (code | 32) <= 122 ? 'letter' : 'other';
}
