/** Storage steps that senders use, seconds. */
const SANE_STEPS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];
const TOLERANCE = 0.1;

/**
 * The step (seconds) of a series whose points are `intervalMs` apart: the usual step within 10 % of it, else the whole
 * second; `fallback` when there is no interval.
 */
export function graphiteStep(intervalMs: number, fallback = 60): number {
  const seconds = intervalMs / 1000;
  if (seconds <= 0) return fallback;
  const sane = SANE_STEPS.find((step) => Math.abs(seconds - step) <= step * TOLERANCE);
  return sane ?? Math.max(1, Math.round(seconds));
}
