/** A wall-clock time in some zone; months are 1–12. */
export type WallTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
};

/** True when the name is a zone of the tz database that this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The wall clock of a zone at an epoch time in seconds. */
export function wallTime(epochSeconds: number, timeZone: string): WallTime {
  const parts: Record<string, number> = {};
  const format = new Intl.DateTimeFormat('en-US-u-ca-iso8601', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  for (const { type, value } of format.formatToParts(epochSeconds * 1000)) parts[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return { year, month, day, hour, minute, second };
}

/** Epoch seconds of a wall-clock time; in a gap or overlap of daylight saving the offset of just before counts. */
export function epochOf(wall: WallTime, timeZone: string): number {
  const asUtc = utcSeconds(wall);
  const offsetAt = (epoch: number): number => utcSeconds(wallTime(epoch, timeZone)) - epoch;
  const guess = asUtc - offsetAt(asUtc);
  return asUtc - offsetAt(guess);
}

/** The wall time read as if it were UTC, in epoch seconds. Days may overflow their month. */
export function utcSeconds(wall: WallTime): number {
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second) / 1000;
}
