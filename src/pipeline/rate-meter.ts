import type { Clock } from '#io/clock.ts';

const EVERY_MS = 1_000;
const WINDOW = 10;

/** Growth of a counter per second, over the last 10 s. */
export class RateMeter {
  readonly #clock: Clock;
  readonly #count: () => number;
  #seen: { readonly at: number; readonly count: number }[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(clock: Clock, count: () => number) {
    this.#clock = clock;
    this.#count = count;
  }

  start(): void {
    this.#look();
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  perSecond(): number {
    const [first] = this.#seen;
    if (first === undefined) return 0;
    const elapsedMs = this.#clock.monotonic() - first.at;
    return elapsedMs <= 0 ? 0 : ((this.#count() - first.count) * 1000) / elapsedMs;
  }

  #look(): void {
    this.#seen.push({ at: this.#clock.monotonic(), count: this.#count() });
    if (this.#seen.length > WINDOW) this.#seen.shift();
  }
}
