const DAY = 86_400_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const two = (value: number): string => String(value).padStart(2, '0');

/** `21:07:05`, or `21:07` without seconds, in the viewer's time zone. */
export function formatClock(ms: number, options: { readonly seconds?: boolean } = {}): string {
  const date = new Date(ms);
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return options.seconds === false ? clock : `${clock}:${two(date.getSeconds())}`;
}

/** `24 Nov`. */
export function formatDay(ms: number): string {
  const date = new Date(ms);
  return `${date.getDate()} ${MONTHS[date.getMonth()]}`;
}

/** `24 Nov 21:07:05`; sorts nowhere, reads everywhere. */
export function formatDateTime(ms: number): string {
  return `${formatDay(ms)} ${formatClock(ms)}`;
}

/**
 * Labels of a time axis with ticks every `stepMs`: the clock, and the day where it changes. Ticks in ms. Seconds are
 * shown only when ticks are closer than a minute.
 */
export function timeAxisLabels(ticks: readonly number[], stepMs: number): string[] {
  let lastDay = '';
  return ticks.map((tick, index) => {
    const day = formatDay(tick);
    const isNew = index > 0 && day !== lastDay;
    lastDay = day;
    if (stepMs >= DAY) return day;
    if (isNew && formatClock(tick, { seconds: false }) === '00:00') return day;
    return formatClock(tick, { seconds: stepMs < 60_000 });
  });
}

/** A value for file names: `2026-11-24T21-07-05`. */
export function formatFileTime(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${formatClock(ms).replaceAll(':', '-')}`;
}
