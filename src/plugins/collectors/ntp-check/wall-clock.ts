/** Reads a clock of whole milliseconds at the moment of its tick, so that times between can be told. */
export type ClockReading = { readonly now: () => number; readonly monotonic: () => number };

const SYSTEM: ClockReading = { now: Date.now, monotonic: () => performance.now() };

/**
 * What must be added to a time of `performance.now()` to get that of the system's clock, in ms since the epoch, to some
 * microseconds. Waits for the next tick, a millisecond at most.
 */
export function wallOffset({ now, monotonic }: ClockReading = SYSTEM): number {
  const before = now();
  let after = now();
  while (after === before) after = now();
  return after - monotonic();
}
