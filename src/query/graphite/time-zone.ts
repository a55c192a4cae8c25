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

/** The wall clock of a zone at an epoch time in seconds; for many times make one by {@link wallClock}. */
export function wallTime(epochSeconds: number, timeZone: string): WallTime {
  return wallClock(timeZone)(epochSeconds);
}

/** Tells the wall time of a zone at epoch times in seconds. */
export function wallClock(timeZone: string): (epochSeconds: number) => WallTime {
  if (timeZone === 'UTC') return utcWallTime;
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
  return (epochSeconds) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(epochSeconds * 1000)) parts[type] = Number(value);
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
    return { year, month, day, hour, minute, second };
  };
}

function utcWallTime(epochSeconds: number): WallTime {
  const date = new Date(Math.floor(epochSeconds) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
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
