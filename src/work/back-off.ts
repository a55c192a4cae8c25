/** Failures in a row after which a target is asked less often. */
const PATIENCE = 3;
const LONGEST_PAUSE_MS = 300_000;

/**
 * How long to leave a target alone after this many failures in a row; 0 = ask at the next interval as usual. A refused
 * login is not tried again soon: accounts lock.
 */
export function pauseAfter(consecutiveFailures: number, intervalMs: number, errorKind = ''): number {
  const excess = consecutiveFailures - (errorKind === 'auth' ? 1 : PATIENCE);
  if (excess < 0) return 0;
  return Math.min(intervalMs * 2 ** Math.min(excess + 1, 30), Math.max(LONGEST_PAUSE_MS, intervalMs));
}
