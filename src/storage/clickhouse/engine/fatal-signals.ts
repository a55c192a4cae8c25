const FATAL = ['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGFPE', 'SIGILL'] as const;

/**
 * Gives fatal signals back their default effect. The engine's own handlers keep a crashed process around for minutes;
 * adding and removing a listener makes Node reset the disposition.
 */
export function restoreFatalSignals(): void {
  for (const signal of FATAL) {
    const listener = (): void => {};
    process.on(signal, listener);
    process.removeListener(signal, listener);
  }
}
