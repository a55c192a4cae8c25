import { parseInterval } from './interval.ts';
import { queryError } from './query-error.ts';
import { epochOf, type WallTime, wallTime } from './time-zone.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const NAMED_HOURS: readonly (readonly [string, number])[] = [
  ['noon', 12],
  ['midnight', 0],
  ['teatime', 16],
];

/** What "now" and the calendar are for a parse. `now` in epoch seconds. */
export type TimeBase = { readonly now: number; readonly timeZone: string };

/**
 * Epoch seconds of an at(1)-style time: epoch, `now-5min`, `noon_yesterday`, `6pm today`, `00:00_20261120`,
 * `11/20/26`, `nov 20`, `monday+2h`. Semantics of graphite-web; throws `bad_query`.
 */
export function parseAtTime(text: string, base: TimeBase): number {
  const clean = text.trim().toLowerCase().replaceAll(/[_, ]/g, '');
  if (/^\d+$/.test(clean) && !isDate(clean)) return Number(clean);
  const cut = clean.includes('+') ? clean.indexOf('+') : clean.indexOf('-');
  const reference = cut < 0 ? clean : clean.slice(0, cut);
  const offset = cut < 0 ? '' : clean.slice(cut);
  return parseReference(reference, base) + (offset.length > 1 ? parseInterval(offset) : 0);
}

function isDate(digits: string): boolean {
  if (digits.length !== 8) return false;
  return Number(digits.slice(0, 4)) > 1900 && Number(digits.slice(4, 6)) < 13 && Number(digits.slice(6)) < 32;
}

function parseReference(reference: string, base: TimeBase): number {
  if (reference === '' || reference === 'now') return base.now;
  const { hour, minute, rest } = timeOfDay(reference);
  const today = wallTime(base.now, base.timeZone);
  const wall = dayReference(rest, { ...today, hour, minute, second: 0 });
  if (wall === undefined) throw queryError(`Unknown day reference: ${reference}`);
  const epoch = epochOf(wall, base.timeZone);
  if (Number.isNaN(epoch)) throw queryError(`Unknown day reference: ${reference}`);
  return epoch;
}

function timeOfDay(reference: string): { hour: number; minute: number; rest: string } {
  const clock = /^(\d{1,2}):(\d{2}|\d$)(am|pm)?/.exec(reference) ?? /^(\d{1,2})()(am|pm)/.exec(reference);
  if (clock !== null) {
    const hour = (Number(clock[1]) + (clock[3] === 'pm' ? 12 : 0)) % 24;
    const minute = Number(clock[2]);
    if (Number(clock[1]) > 23 || minute > 59) throw queryError(`Unknown time of day: ${clock[0]}`);
    return { hour, minute, rest: reference.slice(clock[0].length) };
  }
  for (const [name, hour] of NAMED_HOURS) {
    if (reference.startsWith(name)) return { hour, minute: 0, rest: reference.slice(name.length) };
  }
  return { hour: 0, minute: 0, rest: reference };
}

function dayReference(text: string, today: WallTime): WallTime | undefined {
  if (text === '' || text === 'today') return today;
  if (text === 'yesterday') return { ...today, day: today.day - 1 };
  if (text === 'tomorrow') return { ...today, day: today.day + 1 };
  const slashed = /^(\d+)\/(\d+)\/(\d+)$/.exec(text);
  if (slashed !== null) {
    return dated(today, fullYear(Number(slashed[3])), Number(slashed[1]), Number(slashed[2]));
  }
  if (/^\d{8}$/.test(text)) {
    return dated(today, Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6)));
  }
  const month = MONTHS.indexOf(text.slice(0, 3));
  if (month >= 0) {
    const day = /\d{1,2}$/.exec(text);
    if (day === null) throw queryError('Day of month required after month name');
    return dated(today, today.year, month + 1, Number(day[0]));
  }
  const weekday = WEEKDAYS.indexOf(text.slice(0, 3));
  if (weekday < 0) return undefined;
  const current = new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay();
  return { ...today, day: today.day - ((current - weekday + 7) % 7) };
}

function fullYear(year: number): number {
  if (year >= 1900) return year;
  return year + 1900 < 1970 ? year + 2000 : year + 1900;
}

function dated(today: WallTime, year: number, month: number, day: number): WallTime | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? { ...today, year, month, day } : undefined;
}
