import type { Clock } from '#io/clock.ts';

type Sleeper = { readonly until: number; readonly wake: () => void };

/** A clock for tests: time passes only in `advance`, and steps of the wall clock are made by `step`. */
export type ManualClock = Clock & {
  /** Lets time pass; sleepers wake in order, and what they do runs before the next one wakes. */
  readonly advance: (ms: number) => Promise<void>;
  /** Lets time pass while nothing can run, as when the process is stopped for a while. */
  readonly freeze: (ms: number) => Promise<void>;
  /** Moves the wall clock only. */
  readonly step: (ms: number) => void;
};

/** A clock that stands at `wallMs` until it is told otherwise. */
export function createManualClock(wallMs: number): ManualClock {
  let monotonic = 0;
  let wall = wallMs;
  const sleepers = new Set<Sleeper>();

  function pass(ms: number): void {
    monotonic += ms;
    wall += ms;
  }

  async function wakeDue(): Promise<void> {
    for (const sleeper of sleepers) if (sleeper.until <= monotonic) sleeper.wake();
    // setImmediate lets every promise job run that follows from the waking.
    await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    now: () => wall,
    monotonic: () => monotonic,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = (): void => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper = { until: monotonic + ms, wake };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake, { once: true });
      }),
    advance: async (ms) => {
      const end = monotonic + ms;
      await wakeDue();
      for (;;) {
        const next = Math.min(...[...sleepers].map(({ until }) => until));
        if (next > end) break;
        pass(Math.max(0, next - monotonic));
        await wakeDue();
      }
      pass(end - monotonic);
    },
    freeze: async (ms) => {
      pass(ms);
      await wakeDue();
    },
    step: (ms) => {
      wall += ms;
    },
  };
}
