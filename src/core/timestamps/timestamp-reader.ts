import { monthAt, utcTime, weekdayAt, yearOf } from './calendar.ts';
import { readEpoch } from './epoch.ts';
import { readZone } from './read-zone.ts';
import { isDigit, isLetter, readClock, Scan } from './scan.ts';
import type { Zone } from './zone.ts';

const DAY = 86_400_000;
/** How far a date without a year may lie ahead of now before it is taken for last year's. */
const AHEAD = 31 * DAY;

/** Reads the common forms of timestamps at a place of a text. One per parser: it keeps where the last one ended. */
export class TimestampReader {
  /** Index after the timestamp that was read last. */
  end = 0;
  readonly #scan = new Scan();
  readonly #zone: Zone;

  /** `zone` is that of timestamps which do not say theirs. */
  constructor(zone: Zone) {
    this.#zone = zone;
  }

  /** The instant (ms, with fractions to the µs) written at `at`, or NaN. `now` (ms) gives the year where none is written. */
  read(text: string, at: number, now: number): number {
    const scan = this.#scan;
    scan.text = text;
    scan.at = at;
    const t = isDigit(scan.peek()) ? this.#fromDigit(scan, now) : this.#fromLetter(scan, now);
    this.end = scan.at;
    return t;
  }

  /** As {@link read}, of a text that is nothing but a timestamp. */
  readWhole(text: string, now: number): number {
    const trimmed = text.trim();
    const t = this.read(trimmed, 0, now);
    return this.end === trimmed.length ? t : Number.NaN;
  }

  #fromDigit(scan: Scan, now: number): number {
    const start = scan.at;
    const first = scan.number(20);
    const { digits } = scan;
    const code = scan.peek();
    if (digits === 4 && (code === 45 || code === 47 || code === 46)) return this.#yearFirst(scan, first, code);
    if (digits <= 2) return this.#dayFirst(scan, first, code, now);
    if (digits === 6 && code === 32) return this.#shortDate(scan, first);
    if (digits === 8) return this.#compact(scan, first);
    return readEpoch(scan, start, digits);
  }

  /** `2024-01-31T12:00:00.123Z`, `2024/01/31 12:00:00`, `2024.01.31 12:00`. */
  #yearFirst(scan: Scan, year: number, separator: number): number {
    scan.at++;
    const named = isLetter(scan.peek());
    const month = named ? monthAt(scan.text, scan.at) : scan.number(2);
    if (named) scan.at += 3;
    if (!scan.skip(separator)) return Number.NaN;
    const day = scan.number(2);
    const parting = scan.peek();
    const clockFollows = (parting | 32) === 116 || parting === 32 || parting === 95 || parting === 45 || parting === 9;
    if (!clockFollows || !isDigit(scan.peek(1))) {
      return this.#instant(scan, { year, month, day, ofDay: 0, zoned: false });
    }
    scan.at++;
    return this.#instant(scan, { year, month, day, ofDay: readClock(scan), zoned: true });
  }

  /** `10/Oct/2000:13:55:36 -0700`, `01/31/2024 1:00:00 PM`, `31-Jan-2024 12:00:00`, `31 Jan 12:00:00.123`, `01/31-12:00:00.123456`. */
  #dayFirst(scan: Scan, first: number, code: number, now: number): number {
    if (code !== 47 && code !== 45 && code !== 32 && code !== 46) return Number.NaN;
    scan.at++;
    let day = first;
    let month = monthAt(scan.text, scan.at);
    if (month > 0) while (isLetter(scan.peek())) scan.at++;
    else {
      const second = scan.number(2);
      if (second < 0) return Number.NaN;
      const american = code === 47 && second > 0 && first <= 12;
      month = american ? first : second;
      day = american ? second : first;
    }
    const parting = scan.peek();
    if (parting === 45 && code === 47) return this.#clockAfter(scan, { year: -1, month, day }, now);
    if (parting !== code && !(parting === 32 && isDigit(scan.peek(1)))) return Number.NaN;
    if (scan.peek(3) === 58) return this.#clockAfter(scan, { year: -1, month, day }, now);
    scan.at++;
    const year = scan.number(4);
    if (scan.digits === 2) return this.#clockAfter(scan, { year: year + 2000, month, day }, now);
    return scan.digits === 4 ? this.#clockAfter(scan, { year, month, day }, now) : Number.NaN;
  }

  /** `161209 13:08:33` of old MySQL. */
  #shortDate(scan: Scan, date: number): number {
    scan.skipSpaces();
    const ofDay = readClock(scan);
    const year = 2000 + Math.floor(date / 10_000);
    return this.#instant(scan, { year, month: Math.floor(date / 100) % 100, day: date % 100, ofDay, zoned: false });
  }

  /** `20240131T120000Z`, `20240131 12:00:00.123`. */
  #compact(scan: Scan, date: number): number {
    const year = Math.floor(date / 10_000);
    const parts = { year, month: Math.floor(date / 100) % 100, day: date % 100, zoned: true };
    const parting = scan.peek();
    if ((parting !== 84 && parting !== 32 && parting !== 45) || !isDigit(scan.peek(1))) return Number.NaN;
    scan.at++;
    if (scan.peek(2) === 58 || scan.peek(1) === 58) return this.#instant(scan, { ...parts, ofDay: readClock(scan) });
    const clock = scan.number(6);
    if (scan.digits !== 6) return Number.NaN;
    let ofDay = (Math.floor(clock / 10_000) * 3600 + (Math.floor(clock / 100) % 100) * 60 + (clock % 100)) * 1000;
    if ((scan.peek() === 46 || scan.peek() === 44) && isDigit(scan.peek(1))) {
      scan.at++;
      ofDay += scan.fractionMs();
    }
    return this.#instant(scan, { ...parts, ofDay });
  }

  /** `Jan  2 15:04:05.000`, `Jan 02, 2024 3:04:05 PM`, `Mon, 02 Jan 2006 15:04:05 MST`, `Mon Jan  2 15:04:05.123 2006`. */
  #fromLetter(scan: Scan, now: number): number {
    if (weekdayAt(scan.text, scan.at) > 0) {
      while (isLetter(scan.peek())) scan.at++;
      scan.skip(44);
      scan.skipSpaces();
      if (isDigit(scan.peek())) return this.#fromDigit(scan, now);
    }
    const month = monthAt(scan.text, scan.at);
    if (month === 0) return Number.NaN;
    while (isLetter(scan.peek())) scan.at++;
    if (scan.peek() !== 32 && scan.peek() !== 45) return Number.NaN;
    scan.at++;
    scan.skipSpaces();
    const day = scan.number(2);
    if (scan.digits === 0) return Number.NaN;
    scan.skip(44);
    if (scan.peek() !== 32 && scan.peek() !== 45) return Number.NaN;
    const withYear = isDigit(scan.peek(1)) && isDigit(scan.peek(3)) && isDigit(scan.peek(4)) && !isDigit(scan.peek(5));
    if (!withYear) return this.#clockAfter(scan, { year: -1, month, day }, now);
    scan.at++;
    const year = scan.number(4);
    return this.#clockAfter(scan, { year, month, day }, now);
  }

  #clockAfter(scan: Scan, date: { year: number; month: number; day: number }, now: number): number {
    const parting = scan.peek();
    if (parting === 58 || parting === 45 || (parting | 32) === 116) scan.at++;
    else if (parting === 44 || parting === 32 || parting === 9) {
      scan.skip(44);
      scan.skip(9);
      scan.skipSpaces();
    } else return Number.NaN;
    const ofDay = readClock(scan);
    if (ofDay < 0) return Number.NaN;
    const lateYear = date.year < 0 ? this.#yearAfter(scan) : -1;
    if (lateYear > 0) return this.#instant(scan, { ...date, year: lateYear, ofDay, zoned: true });
    if (date.year > 0) return this.#instant(scan, { ...date, ofDay, zoned: true });
    return this.#withoutYear(scan, { ...date, ofDay, zoned: true }, now);
  }

  /** The year of asctime and of date(1): ` 2006` or ` CET 2006` after the clock. */
  #yearAfter(scan: Scan): number {
    const match = /^ (?:[A-Z]{3,4} )?((?:19|20)\d\d)(?![\d.:/-])/.exec(scan.text.slice(scan.at, scan.at + 11));
    if (match === null) return -1;
    const [whole, year] = match;
    if (whole.length > 5) return -1;
    scan.at += whole.length;
    return Number(year);
  }

  #withoutYear(scan: Scan, parts: Parts, now: number): number {
    const year = yearOf(now);
    const start = scan.at;
    const t = this.#instant(scan, { ...parts, year });
    const after = scan.at;
    const other = t - now > AHEAD ? year - 1 : now - t > 365 * DAY - AHEAD ? year + 1 : year;
    if (other === year) return t;
    scan.at = start;
    const shifted = this.#instant(scan, { ...parts, year: other });
    if (other > year && shifted - now > AHEAD) {
      scan.at = after;
      return t;
    }
    return shifted;
  }

  #instant(scan: Scan, { year, month, day, ofDay, zoned }: Parts): number {
    if (month < 1 || month > 12 || day < 1 || day > 31 || ofDay < 0) return Number.NaN;
    const local = utcTime(year, month, day, ofDay);
    const minutes = zoned ? readZone(scan) : Number.NaN;
    return Number.isNaN(minutes) ? this.#zone.toUtc(local) : local - minutes * 60_000;
  }
}

type Parts = { year: number; month: number; day: number; ofDay: number; zoned: boolean };
