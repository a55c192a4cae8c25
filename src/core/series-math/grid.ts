/**
 * Equal time steps: value i belongs to the half-open span from `start + i * step` to `start + (i + 1) * step`, ms.
 * `start` is a multiple of `step` since the epoch, so grids of the same step fit together.
 */
export type Grid = { readonly start: number; readonly step: number; readonly points: number };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The steps that charts use, ms: every one from 5 min is a multiple of 5 min, every one from 1 h of 1 h. */
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 20, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((n) => n * DAY),
];

/** The grid of a step that covers `from` to `to` (both inclusive, ms). */
export function gridOf(from: number, to: number, step: number): Grid {
  const start = Math.floor(from / step) * step;
  return { start, step, points: Math.max(0, Math.floor((to - start) / step) + 1) };
}

/** The smallest step (ms; at least `minStep`) of which the range needs at most `maxPoints` points. */
export function chooseStep(from: number, to: number, maxPoints: number, minStep = SECOND): number {
  for (const step of STEPS) {
    if (step >= minStep && gridOf(from, to, step).points <= maxPoints) return step;
  }
  return Math.max(1, Math.ceil((to - from) / (maxPoints * DAY))) * 2 * DAY;
}

/** The smallest chart step that is not below `ms`. */
export function stepAtLeast(ms: number): number {
  return STEPS.find((step) => step >= ms) ?? Math.ceil(ms / DAY) * DAY;
}
