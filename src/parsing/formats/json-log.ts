import { severityOf } from '#core/model/log-severity.ts';
import { epochMs } from '#core/timestamps/epoch.ts';
import { jsonFields } from '#parsing/extract/json-fields.ts';
import type { LogDraft } from '#parsing/log-draft.ts';
import type { FormatTools, LogFormat } from '#parsing/log-format.ts';
import { severityOfNumber } from '#parsing/severity.ts';
import { dialectOf } from './json-dialects.ts';

type Role = 'time' | 'level' | 'message' | 'logger' | 'trace' | 'span' | 'host' | 'service' | 'inner';

/** What loggers call the parts of a record, in lower case. Of several that play one role the first one wins. */
const ROLES: ReadonlyMap<string, Role> = new Map(
  (
    [
      [
        'time',
        'time timestamp ts @timestamp datetime date t t.$date timemillis event_time eventtime asctime @t time_iso8601 time_local msec start_time starttime transaction.time_stamp timecreated',
      ],
      [
        'level',
        'level severity lvl log.level loglevel levelname log_level s @l severity_text severitytext priority error_severity level_name',
      ],
      ['message', 'message msg @m logevent.message short_message text event.original'],
      ['logger', 'logger loggername logger_name log.logger component category c'],
      ['trace', 'trace_id traceid trace.id dd.trace_id otelTraceID x-trace-id'],
      ['span', 'span_id spanid span.id dd.span_id'],
      ['host', 'host hostname host.name computer host_name winlog.computer_name beat.hostname'],
      ['service', 'service service.name app application service_name appname app_name'],
      ['inner', 'log'],
    ] as const
  ).flatMap(([role, names]) => names.split(' ').map((name) => [name.toLowerCase(), role] as const)),
);

/** JSON lines of any logger, with the keys that loggers and servers share put where they belong. */
export const jsonLog: LogFormat = {
  id: 'json',
  read: (text, draft, tools, depth) => {
    const start = text.charCodeAt(0) === 91 && text.charCodeAt(1) === 123 ? 1 : 0;
    if (text.charCodeAt(start) !== 123) return false;
    const seen = new JsonRecord(draft, tools);
    const end = jsonFields(text, start, seen.member);
    if (end < 0 || text.length - end > (start === 1 ? 1 : 0) + trailing(text)) return false;
    seen.finish(depth);
    return true;
  },
};

function trailing(text: string): number {
  return text.length - text.trimEnd().length;
}

class JsonRecord {
  readonly #draft: LogDraft;
  readonly #tools: FormatTools;
  readonly #start: number;
  #message: string | undefined;
  #inner: string | undefined;
  #timed = false;

  constructor(draft: LogDraft, tools: FormatTools) {
    this.#draft = draft;
    this.#tools = tools;
    this.#start = draft.fields.length;
  }

  readonly member = (name: string, value: string, isText: boolean): void => {
    const role = ROLES.get(name) ?? ROLES.get(name.toLowerCase());
    if (role === undefined || !this.#play(role, name, value, isText)) this.#draft.fields.push(name, value);
  };

  /** Whether the value has found its place; else it stays a field. */
  #play(role: Role, name: string, value: string, isText: boolean): boolean {
    const draft = this.#draft;
    switch (role) {
      case 'time':
        return !this.#timed && this.#time(value, isText);
      case 'level':
        return this.#level(name, value);
      case 'message':
        if (this.#message !== undefined || !isText) return false;
        this.#message = value;
        return true;
      case 'inner':
        this.#inner = isText ? value : undefined;
        return isText;
      case 'logger':
        if (!isText) return false;
        draft.put('log.logger', value);
        return true;
      case 'trace':
        if (draft.traceId !== '' || !/^[0-9a-f]{16,32}$/i.test(value)) return false;
        draft.traceId = value.toLowerCase();
        return true;
      case 'span':
        if (draft.spanId !== '' || !/^[0-9a-f]{16}$/i.test(value)) return false;
        draft.spanId = value.toLowerCase();
        return true;
      case 'host':
        if (!isText || value.length > 255) return false;
        draft.host ||= value;
        return draft.host === value;
      case 'service':
        if (!isText || value.length > 255) return false;
        draft.service ||= value;
        return draft.service === value;
      default:
        return role satisfies never;
    }
  }

  #time(value: string, isText: boolean): boolean {
    const t = isText ? this.#tools.times.readWhole(value, this.#tools.now) : epochMs(Number(value));
    if (Number.isNaN(t) || t < 1e11) return false;
    this.#draft.t = t;
    this.#timed = true;
    return true;
  }

  #level(name: string, value: string): boolean {
    const severity = /^\d+$/.test(value) ? severityOfNumber(Number(value)) : severityOf(value);
    if (severity === 0 || (name === 's' && value.length > 2)) return false;
    this.#draft.severity ||= severity;
    this.#draft.put('log.level', value);
    return true;
  }

  finish(depth: number): void {
    const draft = this.#draft;
    dialectOf(draft.fields, this.#start)?.(draft, this.#start, this.#tools);
    if (this.#message !== undefined) draft.body = this.#message;
    else if (this.#inner !== undefined) {
      draft.body = this.#inner.trimEnd();
      this.#tools.inner(draft.body, draft, depth + 1);
    }
    if (this.#message !== undefined && this.#inner !== undefined) draft.put('log', this.#inner);
  }
}
