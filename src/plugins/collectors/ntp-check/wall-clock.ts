/** Reads a clock of whole milliseconds at the moment of its tick, so that times between can be told. */
export type ClockReading = { readonly now: () => number; readonly monotonic: () => number };

const SYSTEM: ClockReading = { now: Date.now, monotonic: () => performance.now() };

/** One tick may be met late: when the process does not run at its moment. */
const TICKS = 2;

/**
 * What must be added to a time of `performance.now()` to get that of the system's clock, in ms since the epoch, to some
 * microseconds. Waits for ticks of the clock, two milliseconds at most.
 */
export function wallOffset({ now, monotonic }: ClockReading = SYSTEM): number {
  let best = -Infinity;
  let last = now();
  for (let ticks = 0; ticks < TICKS; ) {
    const time = now();
    // Read after it, the other clock can only be late.
    best = Math.max(best, time - monotonic());
    if (time !== last) ticks++;
    last = time;
  }
  return best;
}
