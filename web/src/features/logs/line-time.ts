import { formatClock, formatDay } from '#web/format/time.ts';

/** The clock with milliseconds, and the day unless it is today. */
export function lineTime(t: number): string {
  const clock = `${formatClock(t)}.${String(Math.floor(t % 1_000)).padStart(3, '0')}`;
  const day = formatDay(t);
  return day === formatDay(Date.now()) ? clock : `${day} ${clock}`;
}
