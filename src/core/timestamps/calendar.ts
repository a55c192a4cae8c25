/** Milliseconds since the epoch of a date and time of the Gregorian calendar in UTC; `month` is 1–12. Howard Hinnant's days_from_civil. */
export function utcTime(year: number, month: number, day: number, ofDayMs: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * 146_097 + dayOfEra - 719_468) * 86_400_000 + ofDayMs;
}

/** Year (UTC) of an instant in ms. */
export function yearOf(t: number): number {
  return new Date(t).getUTCFullYear();
}

const letterKey = (a: number, b: number, c: number): number => ((a | 32) << 16) | ((b | 32) << 8) | (c | 32);
const keyed = (names: string): ReadonlyMap<number, number> =>
  new Map(
    names
      .split(' ')
      .map((name, i) => [letterKey(name.charCodeAt(0), name.charCodeAt(1), name.charCodeAt(2)), i + 1] as const),
  );
const MONTHS = keyed('jan feb mar apr may jun jul aug sep oct nov dec');
const WEEKDAYS = keyed('mon tue wed thu fri sat sun');

/** 1–12 when an English month name (its first three letters, any case) stands at `at`; else 0. */
export function monthAt(text: string, at: number): number {
  return MONTHS.get(letterKey(text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2))) ?? 0;
}

/** 1 (Monday) – 7 when an English day of the week stands at `at`; else 0. */
export function weekdayAt(text: string, at: number): number {
  return WEEKDAYS.get(letterKey(text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2))) ?? 0;
}
