import type { Clock } from '#io/clock.ts';

type Sleeper = { readonly until: number; readonly wake: () => void };

/** A clock for tests that stands at `wallMs`: time passes only in `advance` and `freeze`. */
export class ManualClock implements Clock {
  #monotonic = 0;
  #wall: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(wallMs: number) {
    this.#wall = wallMs;
  }

  readonly now = (): number => this.#wall;

  readonly monotonic = (): number => this.#monotonic;

  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = (): void => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { until: this.#monotonic + ms, wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', wake, { once: true });
    });

  /** Lets time pass; sleepers wake in order, and what they do runs before the next one wakes. */
  async advance(ms: number): Promise<void> {
    const end = this.#monotonic + ms;
    await this.#wakeDue();
    for (;;) {
      const next = Math.min(...[...this.#sleepers].map(({ until }) => until));
      if (next > end) break;
      this.#pass(Math.max(0, next - this.#monotonic));
      await this.#wakeDue();
    }
    this.#pass(end - this.#monotonic);
  }

  /** Lets time pass while nothing can run, as when the process is stopped for a while. */
  async freeze(ms: number): Promise<void> {
    this.#pass(ms);
    await this.#wakeDue();
  }

  /** Moves the wall clock only. */
  step(ms: number): void {
    this.#wall += ms;
  }

  #pass(ms: number): void {
    this.#monotonic += ms;
    this.#wall += ms;
  }

  async #wakeDue(): Promise<void> {
    for (const sleeper of this.#sleepers) if (sleeper.until <= this.#monotonic) sleeper.wake();
    // setImmediate lets every promise job run that follows from the waking.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
