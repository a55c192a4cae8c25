import { utcSeconds, wallTime } from '#query/graphite/time-zone.ts';

/**
 * Moves times (ms) so that a chart in UTC shows the wall clock of a zone. One change of the offset within the range is
 * heeded, which is all that a range shorter than half a year has.
 */
export function zoneShift(range: { from: number; until: number }, timeZone: string): (time: number) => number {
  if (timeZone === 'UTC') return (time) => time;
  const offset = (ms: number): number => {
    const seconds = Math.floor(ms / 1000);
    return (utcSeconds(wallTime(seconds, timeZone)) - seconds) * 1000;
  };
  const [before, after] = [offset(range.from), offset(range.until)];
  if (before === after) return (time) => time + before;
  let [low, high] = [range.from, range.until];
  while (high - low > 1000) {
    const middle = (low + high) / 2;
    if (offset(middle) === before) low = middle;
    else high = middle;
  }
  return (time) => time + (time < high ? before : after);
}
