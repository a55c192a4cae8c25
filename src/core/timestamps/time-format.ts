import { monthAt, utcTime, weekdayAt, yearOf } from './calendar.ts';
import { epochMs } from './epoch.ts';
import { readZone } from './read-zone.ts';
import { isLetter, Scan } from './scan.ts';
import type { Zone } from './zone.ts';

/** Ms of a text in a format, or NaN. */
export type TimeFormat = (text: string, now: number) => number;

type Parts = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  ms: number;
  half: number;
  offset: number;
  epoch: number;
};
type Read = (scan: Scan, parts: Parts) => boolean;

/**
 * A format of an operator: strftime's (`%d/%b/%Y:%H:%M:%S %z`) when it has a `%`, Java's and Joda's (`yyyy-MM-dd'T'HH:mm:ss,SSSZ`)
 * otherwise; `ISO8601`, `UNIX`, `UNIX_MS` as Logstash names them. Throws Error at a letter that is none.
 */
export function compileTimeFormat(format: string, zone: Zone): TimeFormat {
  if (/^UNIX(_MS)?$/.test(format))
    return (text) => (/^\s*-?\d+(\.\d+)?\s*$/.test(text) ? unixMs(Number(text), format) : Number.NaN);
  const reads = format.includes('%') ? strftime(format) : java(format);
  return (text, now) => {
    const scan = new Scan();
    scan.text = text.trim();
    const parts: Parts = {
      year: -1,
      month: 1,
      day: 1,
      hour: 0,
      minute: 0,
      second: 0,
      ms: 0,
      half: -1,
      offset: Number.NaN,
      epoch: Number.NaN,
    };
    if (!reads.every((read) => read(scan, parts)) || scan.at !== scan.text.length) return Number.NaN;
    return assemble(parts, zone, now);
  };
}

const unixMs = (value: number, format: string): number => (format === 'UNIX' ? value * 1000 : value);

function assemble(p: Parts, zone: Zone, now: number): number {
  if (!Number.isNaN(p.epoch)) return p.epoch;
  const hour = p.half < 0 ? p.hour : (p.hour % 12) + p.half * 12;
  const valid =
    p.month >= 1 && p.month <= 12 && p.day >= 1 && p.day <= 31 && hour <= 24 && p.minute <= 59 && p.second <= 60;
  if (!valid) return Number.NaN;
  const at = (year: number): number => {
    const local = utcTime(year, p.month, p.day, ((hour * 60 + p.minute) * 60 + p.second) * 1000 + p.ms);
    return Number.isNaN(p.offset) ? zone.toUtc(local) : local - p.offset * 60_000;
  };
  if (p.year >= 0) return at(p.year);
  const t = at(yearOf(now));
  return t - now > 31 * 86_400_000 ? at(yearOf(now) - 1) : t;
}

type NumberPart = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';
const digits =
  (part: NumberPart, max: number): Read =>
  (scan, parts) => {
    scan.skipSpaces();
    parts[part] = scan.number(max);
    return parts[part] >= 0;
  };
const shortYear: Read = (scan, parts) => {
  const year = scan.number(2);
  parts.year = year + (year < 70 ? 2000 : 1900);
  return year >= 0;
};
const monthName: Read = (scan, parts) => {
  parts.month = monthAt(scan.text, scan.at);
  return parts.month > 0 && letters(scan);
};
const weekday: Read = (scan) => weekdayAt(scan.text, scan.at) > 0 && letters(scan);
const fraction: Read = (scan, parts) => {
  const start = scan.at;
  parts.ms = scan.fractionMs();
  return scan.at > start;
};
const half: Read = (scan, parts) => {
  const word = scan.text.slice(scan.at, scan.at + 2).toUpperCase();
  parts.half = word === 'PM' ? 1 : 0;
  scan.at += 2;
  return word === 'AM' || word === 'PM';
};
const zoneText: Read = (scan, parts) => {
  parts.offset = readZone(scan);
  return !Number.isNaN(parts.offset);
};
const epoch: Read = (scan, parts) => {
  const start = scan.at;
  scan.number(19);
  if (scan.at === start) return false;
  parts.epoch = epochMs(Number(scan.text.slice(start, scan.at)));
  return true;
};
const literal = (char: string): Read =>
  char === ' '
    ? (scan) => {
        const found = scan.peek() === 32;
        scan.skipSpaces();
        return found;
      }
    : (scan) => scan.skip(char.charCodeAt(0));

function letters(scan: Scan): boolean {
  while (isLetter(scan.peek())) scan.at++;
  return true;
}

const STRFTIME: Readonly<Record<string, readonly Read[]>> = {
  Y: [digits('year', 4)],
  y: [shortYear],
  m: [digits('month', 2)],
  d: [digits('day', 2)],
  e: [digits('day', 2)],
  H: [digits('hour', 2)],
  I: [digits('hour', 2)],
  k: [digits('hour', 2)],
  l: [digits('hour', 2)],
  M: [digits('minute', 2)],
  S: [digits('second', 2)],
  f: [fraction],
  L: [fraction],
  N: [fraction],
  b: [monthName],
  B: [monthName],
  h: [monthName],
  a: [weekday],
  A: [weekday],
  p: [half],
  P: [half],
  z: [zoneText],
  Z: [zoneText],
  s: [epoch],
  n: [literal(' ')],
  t: [literal('\t')],
  '%': [literal('%')],
  T: [digits('hour', 2), literal(':'), digits('minute', 2), literal(':'), digits('second', 2)],
  R: [digits('hour', 2), literal(':'), digits('minute', 2)],
  F: [digits('year', 4), literal('-'), digits('month', 2), literal('-'), digits('day', 2)],
  D: [digits('month', 2), literal('/'), digits('day', 2), literal('/'), shortYear],
}; // prettier-ignore

function strftime(format: string): readonly Read[] {
  const parts = format.match(/%[-_0]?\d?[A-Za-z%]|[\s\S]/g) ?? [];
  return parts.flatMap((part) => {
    if (part.length === 1) return [literal(part)];
    const reads = STRFTIME[part.at(-1) ?? ''];
    if (reads === undefined) throw new Error(`timestamp format ${format}: ${part} is no conversion`);
    return reads;
  });
}

const JAVA: Readonly<Record<string, Read>> = {
  y: digits('year', 4),
  u: digits('year', 4),
  d: digits('day', 2),
  H: digits('hour', 2),
  h: digits('hour', 2),
  k: digits('hour', 2),
  K: digits('hour', 2),
  m: digits('minute', 2),
  s: digits('second', 2),
  S: fraction,
  n: fraction,
  a: half,
  E: weekday,
  e: weekday,
  Z: zoneText,
  X: zoneText,
  x: zoneText,
  z: zoneText,
}; // prettier-ignore

function java(format: string): readonly Read[] {
  if (format === 'ISO8601') return java("yyyy-MM-dd'T'HH:mm:ss.SSSZ");
  const parts = format.match(/'(?:[^']|'')*'|([A-Za-z])\1*|[\s\S]/g) ?? [];
  return parts.flatMap((part) => {
    if (part.startsWith("'")) return [...(part === "''" ? "'" : part.slice(1, -1).replaceAll("''", "'"))].map(literal);
    if (!/[A-Za-z]/.test(part)) return [literal(part)];
    if (part === 'yy') return [shortYear];
    if (part.startsWith('M') || part.startsWith('L')) return [part.length > 2 ? monthName : digits('month', 2)];
    const read = JAVA[part[0] ?? ''];
    if (read === undefined) throw new Error(`timestamp format ${format}: ${part} is no field; put text in 'quotes'`);
    return [read];
  });
}
