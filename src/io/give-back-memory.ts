import { performance } from 'node:perf_hooks';

declare global {
  /** There with `--expose-gc`. */
  var gc: NodeJS.GCFunction | undefined;
}

const AFTER_MS = 10_000;
/** A thread that works more than this share of its time has other things to do than to be held up by a collection. */
const IDLE_BELOW = 0.2;

/**
 * Collects once, some seconds from now and when the thread has little to do, what loading and starting have left on its
 * heap, and gives its pages back: V8 does not by itself then, and idle memory counts. Does nothing without `--expose-gc`.
 */
export function giveBackStartMemory(): void {
  const since = performance.eventLoopUtilization();
  setTimeout(() => {
    if (performance.eventLoopUtilization(since).utilization > IDLE_BELOW) giveBackStartMemory();
    else globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  }, AFTER_MS).unref();
}
