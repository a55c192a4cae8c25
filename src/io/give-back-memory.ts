declare global {
  /** There with `--expose-gc`. */
  var gc: NodeJS.GCFunction | undefined;
}

const AFTER_MS = 10_000;

/**
 * Collects once, some seconds from now, what loading and starting have left on this thread's heap, and gives its pages back:
 * V8 does not by itself while there is little to do, and idle memory counts. Does nothing without `--expose-gc`.
 */
export function giveBackStartMemory(): void {
  setTimeout(() => globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' }), AFTER_MS).unref();
}
