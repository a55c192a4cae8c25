import { monitorEventLoopDelay } from 'node:perf_hooks';

type IntervalHistogram = ReturnType<typeof monitorEventLoopDelay>;

const WINDOW_MS = 10_000;
const RESOLUTION_MS = 10;
const NS_PER_MS = 1e6;

/** The delay of this thread's event loop: 99th percentile over the last 10 to 20 seconds, in ms. */
export class EventLoopWatch {
  #current: IntervalHistogram | undefined;
  #previousP99 = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  start(): void {
    this.#current = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    this.#current.enable();
    this.#timer = setInterval(() => this.#turn(), WINDOW_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#current?.disable();
  }

  p99Ms(): number {
    const now = this.#current === undefined ? 0 : p99(this.#current);
    return Math.max(now, this.#previousP99);
  }

  #turn(): void {
    if (this.#current === undefined) return;
    this.#previousP99 = p99(this.#current);
    this.#current.reset();
  }
}

/** The histogram counts the timer's own period; what is beyond it is delay. */
function p99(histogram: IntervalHistogram): number {
  if (histogram.count === 0) return 0;
  return Math.max(0, histogram.percentile(99) / NS_PER_MS - RESOLUTION_MS);
}
