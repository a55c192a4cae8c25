import { CODES, EngineError } from './engine-error.ts';

/** A fixed number of workers and a bounded queue of those who wait for one. */
export class SessionLane<Worker> {
  readonly #idle: Worker[];
  readonly #waiting: { readonly take: (worker: Worker) => void; readonly signal: AbortSignal }[] = [];
  readonly #queueLimit: number;

  constructor(workers: readonly Worker[], queueLimit: number) {
    this.#idle = [...workers];
    this.#queueLimit = queueLimit;
  }

  /** Runs the task with a worker of its own. Rejects when the queue is full or the signal aborts while waiting. */
  async run<Result>(signal: AbortSignal, task: (worker: Worker) => Promise<Result>): Promise<Result> {
    const worker = this.#idle.pop() ?? (await this.#wait(signal));
    try {
      return await task(worker);
    } finally {
      this.#release(worker);
    }
  }

  #wait(signal: AbortSignal): Promise<Worker> {
    if (this.#waiting.length >= this.#queueLimit) {
      throw new EngineError(CODES.tooManyQueries, 'Too many queries wait already. (TOO_MANY_SIMULTANEOUS_QUERIES)');
    }
    return new Promise((resolve, reject) => {
      const entry = { take: resolve, signal };
      this.#waiting.push(entry);
      signal.addEventListener(
        'abort',
        () => {
          const place = this.#waiting.indexOf(entry);
          if (place === -1) return;
          this.#waiting.splice(place, 1);
          reject(new EngineError(CODES.queryCancelled, 'Query was cancelled while it waited. (QUERY_WAS_CANCELLED)'));
        },
        { once: true },
      );
    });
  }

  #release(worker: Worker): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(worker);
    else next.take(worker);
  }
}
