import type { Clock } from '#io/clock.ts';

/** When a target runs: at every wall time that is `offsetMs` past a multiple of `intervalMs`. */
export type Cadence = { readonly intervalMs: number; readonly offsetMs: number };

/** A due run. `missed` = runs that fell out since the last one because this process was late (not because the clock moved). */
export type Slot = { readonly at: number; readonly missed: number };

/** Targets slower than this are spread over their interval; faster ones run together on the full second. */
const SPREAD_FROM_MS = 10_000;
/** The wall clock is looked at again at least this often, so that a step of it is noticed. */
const LONGEST_NAP_MS = 5_000;

/**
 * The fixed offset of a target: spacing between its samples never changes, and targets do not run all at once. Those with
 * an interval below `spreadFromMs` do.
 */
export function cadenceOf(name: string, intervalMs: number, spreadFromMs = SPREAD_FROM_MS): Cadence {
  return { intervalMs, offsetMs: intervalMs < spreadFromMs ? 0 : fnv1a(name) % intervalMs };
}

/** 32-bit FNV-1a of the UTF-16 code units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/** The last time of the cadence that is not after `now`. */
export function lastSlot(cadence: Cadence, now: number): number {
  return Math.floor((now - cadence.offsetMs) / cadence.intervalMs) * cadence.intervalMs + cadence.offsetMs;
}

/**
 * Waits for the slots one by one, until the signal aborts. Steps of the wall clock realign it at once; they are told
 * apart from lateness of the process by the monotonic clock.
 */
export async function* slots(cadence: Cadence, clock: Clock, signal: AbortSignal): AsyncGenerator<Slot> {
  const { intervalMs } = cadence;
  let at = lastSlot(cadence, clock.now()) + intervalMs;
  let previous = clock.monotonic();
  while (!signal.aborted) {
    const now = clock.now();
    if (at - now > intervalMs * 1.5) at = lastSlot(cadence, now) + intervalMs;
    if (at > now) {
      await clock.sleep(Math.min(Math.max(at - now, 1), LONGEST_NAP_MS), signal);
      continue;
    }
    at = lastSlot(cadence, now);
    const due = clock.monotonic() - (now - at);
    const elapsed = due - previous;
    previous = due;
    yield { at, missed: Math.max(0, Math.round(elapsed / intervalMs) - 1) };
    at += intervalMs;
  }
}
