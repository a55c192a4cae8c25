import { parseDuration } from '#core/units/duration.ts';
import { isLive, isTimeRange, type TimeRange } from './time-range.ts';

/** Ranges offered by one click: text of the URL → words. */
export const QUICK_RANGES: readonly { readonly from: string; readonly label: string }[] = [
  { from: 'now-5m', label: 'Last 5 min' },
  { from: 'now-15m', label: 'Last 15 min' },
  { from: 'now-1h', label: 'Last 1 h' },
  { from: 'now-3h', label: 'Last 3 h' },
  { from: 'now-6h', label: 'Last 6 h' },
  { from: 'now-12h', label: 'Last 12 h' },
  { from: 'now-1d', label: 'Last 24 h' },
  { from: 'now-2d', label: 'Last 2 days' },
  { from: 'now-7d', label: 'Last 7 days' },
  { from: 'now-30d', label: 'Last 30 days' },
  { from: 'now-90d', label: 'Last 90 days' },
  { from: 'now-1y', label: 'Last year' },
];

const DAY_MS = 86_400_000;

/**
 * Reads what people type: `15m`, `last 2h`, `now-2h`, `now-2h..now-1h`, `today`, `yesterday 10:00..11:00`,
 * `2026-11-24`, `2026-11-24 10:00..11:00`, `10:00..now`, epoch milliseconds. Times are the viewer's local ones unless
 * they end in `Z`. Undefined = not readable.
 */
export function parseTimeText(text: string, nowMs: number): TimeRange | undefined {
  const clean = text
    .trim()
    .replace(/^last\s+/i, '')
    .replace(/\s+/g, ' ');
  const range = clean.includes('..') ? parsePair(clean, nowMs) : parseSingle(clean, nowMs);
  return range !== undefined && isTimeRange(range) ? range : undefined;
}

/** The text of a range; {@link parseTimeText} reads it back to the same range. */
export function printTimeText(range: TimeRange): string {
  if (isLive(range)) return range.from.slice(4);
  return `${printEnd(range.from)}..${printEnd(range.to)}`;
}

/** What the time button says: `Last 15 min`, `24 Nov 10:00 – 11:00`. */
export function describeRange(range: TimeRange): string {
  const quick = range.to === 'now' ? QUICK_RANGES.find(({ from }) => from === range.from) : undefined;
  if (quick !== undefined) return quick.label;
  if (isLive(range)) return `Last ${range.from.slice(4)}`;
  const [from, to] = [printEnd(range.from), printEnd(range.to)];
  const sameDay = from.slice(0, 10) === to.slice(0, 10) && to.length > 10;
  return `${from} – ${sameDay ? to.slice(11) : to}`;
}

function parsePair(text: string, nowMs: number): TimeRange | undefined {
  const [left = '', right = ''] = text.split('..', 2).map((side) => side.trim());
  const from = parseEnd(left, nowMs, dayOf(nowMs));
  if (from === undefined) return undefined;
  const to = parseEnd(right, nowMs, /^\d+$/.test(from) ? dayOf(Number(from)) : dayOf(nowMs));
  return to === undefined ? undefined : { from, to };
}

function parseSingle(text: string, nowMs: number): TimeRange | undefined {
  if (parseDuration(text) !== undefined) return { from: `now-${text}`, to: 'now' };
  if (text.startsWith('now-')) return { from: text, to: 'now' };
  const day = parseDay(text, nowMs);
  if (day !== undefined) return { from: String(day), to: String(nextDay(day)) };
  const from = parseEnd(text, nowMs, dayOf(nowMs));
  return from === undefined ? undefined : { from, to: 'now' };
}

/** One end: relative text as it is, everything else as epoch milliseconds; a bare time is of `day`. */
function parseEnd(text: string, nowMs: number, day: number): string | undefined {
  if (text === 'now') return text;
  if (text.startsWith('now-')) return parseDuration(text.slice(4)) === undefined ? undefined : text;
  if (parseDuration(text) !== undefined) return `now-${text}`;
  if (/^\d{9,16}$/.test(text)) return text;
  const ms = parseMoment(text, nowMs, day);
  return ms === undefined ? undefined : String(ms);
}

function parseMoment(text: string, nowMs: number, day: number): number | undefined {
  if (/^\d{4}-\d\d-\d\dT.*Z$/.test(text)) return finite(Date.parse(text));
  const whole = parseDay(text, nowMs);
  if (whole !== undefined) return whole;
  const cut = Math.max(text.lastIndexOf(' '), text.lastIndexOf('T'));
  const base = cut < 0 ? day : parseDay(text.slice(0, cut), nowMs);
  return base === undefined ? undefined : timeOn(base, text.slice(cut + 1));
}

function parseDay(text: string, nowMs: number): number | undefined {
  if (text === 'today') return dayOf(nowMs);
  if (text === 'yesterday') return dayOf(dayOf(nowMs) - DAY_MS / 2);
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  return date.getMonth() === Number(month) - 1 ? date.getTime() : undefined;
}

function timeOn(day: number, text: string): number | undefined {
  const [, hours, minutes, seconds = '0', fraction = '0'] =
    /^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?$/.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 24 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const date = new Date(day);
  date.setHours(Number(hours), Number(minutes), Number(seconds), Number(fraction.padEnd(3, '0')));
  return finite(date.getTime());
}

/** Local time, as short as it is exact; UTC where the local text is ambiguous (the hour that clocks go back). */
function printEnd(text: string): string {
  if (!/^\d+$/.test(text)) return text;
  const ms = Number(text);
  const date = new Date(ms);
  const day = `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  const millis = date.getMilliseconds() === 0 ? '' : `.${pad(date.getMilliseconds(), 3)}`;
  const seconds = millis === '' && date.getSeconds() === 0 ? '' : `:${pad(date.getSeconds())}`;
  const local = `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}${seconds}${millis}`;
  if (parseMoment(local, ms, 0) === ms) return local;
  return date.getFullYear() > 1970 && date.getFullYear() < 9999 ? date.toISOString() : text;
}

function dayOf(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

function nextDay(day: number): number {
  const date = new Date(day);
  return date.setDate(date.getDate() + 1);
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

const finite = (ms: number): number | undefined => (Number.isFinite(ms) ? ms : undefined);
