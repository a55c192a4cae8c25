import { parseDuration } from '../units/duration.ts';
import { parseInstant } from '../units/instant.ts';

/** Names of severities by their range: 1–4 trace, 5–8 debug, … 21–24 fatal; 0 = unknown. */
export const LEVELS = ['unknown', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof LEVELS)[number];

const LEVEL_ALIASES: Readonly<Record<string, LogLevel>> = {
  warning: 'warn',
  err: 'error',
  notice: 'info',
  information: 'info',
  crit: 'fatal',
  critical: 'fatal',
  alert: 'fatal',
  emerg: 'fatal',
  emergency: 'fatal',
};

/** What a field is: a standard one, which every record has, or any attribute or resource. */
export type LogFieldKind =
  | 'message'
  | 'host'
  | 'service'
  | 'source'
  | 'trace'
  | 'span'
  | 'severity'
  | 'time'
  | 'pattern'
  | 'any';

const STANDARD: Readonly<Record<string, LogFieldKind>> = {
  message: 'message',
  body: 'message',
  _msg: 'message',
  host: 'host',
  'host.name': 'host',
  service: 'service',
  'service.name': 'service',
  source: 'source',
  trace_id: 'trace',
  'trace.id': 'trace',
  span_id: 'span',
  'span.id': 'span',
  level: 'severity',
  severity: 'severity',
  'log.level': 'severity',
  '@timestamp': 'time',
  timestamp: 'time',
  _time: 'time',
  pattern: 'pattern',
};

/** Names of the standard fields, for completion. */
export const STANDARD_FIELDS = [
  '@timestamp',
  'message',
  'host',
  'service',
  'source',
  'level',
  'trace_id',
  'span_id',
  'pattern',
];

/** The kind of a field by its name. */
export function fieldKind(name: string): LogFieldKind {
  return Object.hasOwn(STANDARD, name) ? (STANDARD[name] ?? 'any') : 'any';
}

/** The level of a severity number. */
export function levelOf(severity: number): LogLevel {
  return LEVELS[Math.min(6, Math.ceil(severity / 4))] ?? 'unknown';
}

/** First and last severity of a level's name, a number's twice; undefined when it is none. */
export function severityRange(text: string): readonly [first: number, last: number] | undefined {
  if (/^\d{1,2}$/.test(text)) return [Number(text), Number(text)];
  const lowered = text.toLowerCase();
  const name = Object.hasOwn(LEVEL_ALIASES, lowered) ? LEVEL_ALIASES[lowered] : lowered;
  const index = (LEVELS as readonly (string | undefined)[]).indexOf(name);
  if (index < 0) return undefined;
  return index === 0 ? [0, 0] : [index * 4 - 3, index * 4];
}

/** The time (ms) of a text in a query: an instant, or `now`, `now-15m`. */
export function queryTime(text: string, now: number): number | undefined {
  const [, sign, span] = /^now(?:([+-])(\w+))?$/.exec(text) ?? [];
  if (text === 'now') return now;
  if (span === undefined) return parseInstant(text);
  const ms = parseDuration(span);
  return ms === undefined ? undefined : now + (sign === '-' ? -ms : ms);
}
