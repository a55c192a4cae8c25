import type { Clock } from '#io/clock.ts';

const LOOK_EVERY_MS = 250;

/**
 * Resolves when the process has ended. npm ends at a signal without passing it on to what it runs, so its end is the
 * signal; its pid comes from the launcher (tools/nocmate.mjs).
 */
export async function untilGone(pid: number, clock: Clock, signal: AbortSignal): Promise<void> {
  while (isThere(pid) && !signal.aborted) await clock.sleep(LOOK_EVERY_MS, signal);
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
