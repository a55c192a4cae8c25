/** Bounds how many runs are under way at once; waiting runs are served in the order they came. */
export type Limiter = {
  /** Resolves to what gives the place back, or to undefined when the signal aborts first. */
  readonly acquire: (signal: AbortSignal) => Promise<(() => void) | undefined>;
};

/** A limiter with `places` places. */
export function createLimiter(places: number): Limiter {
  let free = places;
  const waiting = new Set<() => void>();

  function release(): void {
    const [next] = waiting;
    if (next === undefined) free++;
    else next();
  }

  function once(): () => void {
    let held = true;
    return () => {
      if (held) release();
      held = false;
    };
  }

  return {
    acquire: (signal) => {
      if (signal.aborted) return Promise.resolve(undefined);
      if (free > 0) {
        free--;
        return Promise.resolve(once());
      }
      return new Promise((resolve) => {
        const leave = (place: (() => void) | undefined): void => {
          waiting.delete(enter);
          signal.removeEventListener('abort', giveUp);
          resolve(place);
        };
        const enter = (): void => leave(once());
        const giveUp = (): void => leave(undefined);
        waiting.add(enter);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    },
  };
}
