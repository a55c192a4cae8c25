import { Worker } from 'node:worker_threads';
import type { LogRuleFault, SuggestedPatterns, TriedLogRules } from '#core/api/log-rule-api.ts';
import type { LogRules } from '#core/api/log-rules.ts';
import { AppError, type ErrorCode } from '#core/errors.ts';
import type { Trial } from './try-rules.ts';

/** What the thread is asked. */
export type BenchJob =
  | { readonly kind: 'check'; readonly rules: LogRules }
  | { readonly kind: 'try'; readonly trial: Trial }
  | { readonly kind: 'suggest'; readonly line: string };
export type BenchRequest = { readonly ticket: number; readonly job: BenchJob };
export type BenchAnswer = {
  readonly ticket: number;
  readonly result?: unknown;
  readonly error?: { readonly code: ErrorCode; readonly message: string };
};
export type BenchData = { readonly geoip: readonly string[] };

type Waiting = {
  readonly job: BenchJob;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: AppError) => void;
};

const MAX_WAITING = 20;
/** A job that takes longer is ended with its thread, ms. */
const LIMIT_MS = 15_000;
/** A thread without work is kept for so long, ms. */
const IDLE_MS = 60_000;
const MEMORY_MB = 256;

/**
 * Compiles and tries rules on a thread of its own: whatever patterns and lines are like, requests beside them are answered.
 * The thread starts with the first job, does one at a time, ends after a minute without any, and keeps nothing alive.
 */
export class RuleBench {
  readonly #data: BenchData;
  readonly #limitMs: number;
  readonly #queue: Waiting[] = [];
  #current: Waiting | undefined;
  #worker: Worker | undefined;
  #timer: NodeJS.Timeout | undefined;
  #ticket = 0;

  /** `geoip`: paths of the databases of the intake. */
  constructor(data: BenchData, limitMs = LIMIT_MS) {
    this.#data = data;
    this.#limitMs = limitMs;
  }

  /** Everything that is wrong with rules. Throws as all of these `too_many_requests`, `limit_time`, `cancelled`, `unavailable`. */
  check(rules: LogRules): Promise<readonly LogRuleFault[]> {
    return this.#ask({ kind: 'check', rules }, undefined) as Promise<readonly LogRuleFault[]>;
  }

  try(trial: Trial, signal: AbortSignal): Promise<TriedLogRules> {
    return this.#ask({ kind: 'try', trial }, signal) as Promise<TriedLogRules>;
  }

  suggest(line: string, signal: AbortSignal): Promise<SuggestedPatterns> {
    return this.#ask({ kind: 'suggest', line }, signal) as Promise<SuggestedPatterns>;
  }

  /** Ends the thread; what waits is refused. */
  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }

  async #ask(job: BenchJob, signal: AbortSignal | undefined): Promise<unknown> {
    if (this.#queue.length >= MAX_WAITING) throw new AppError('too_many_requests', 'too many rules are being tried');
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#queue.push({ job, signal, resolve, reject });
    if (this.#current === undefined) this.#next();
    return promise;
  }

  #next(): void {
    clearTimeout(this.#timer);
    this.#current = this.#queue.shift();
    const { job, signal, reject } = this.#current ?? {};
    if (job === undefined) {
      this.#worker?.unref();
      this.#timer = setTimeout(() => void this.#worker?.terminate(), IDLE_MS).unref();
    } else if (signal?.aborted === true) {
      reject?.(new AppError('cancelled', 'nobody waits for the answer'));
      this.#next();
    } else this.#send(job);
  }

  #send(job: BenchJob): void {
    const worker = (this.#worker ??= this.#start());
    worker.ref();
    this.#ticket += 1;
    const request: BenchRequest = { ticket: this.#ticket, job };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread, not a window
    worker.postMessage(request);
    this.#timer = setTimeout(() => {
      const message = `the rules were not compiled and tried within ${this.#limitMs / 1_000} s: make their patterns simpler`;
      void worker.terminate();
      this.#lost(worker, new AppError('limit_time', message));
    }, this.#limitMs);
  }

  #start(): Worker {
    const worker = new Worker(new URL('./bench-thread.ts', import.meta.url), {
      name: 'rule-bench',
      workerData: this.#data,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    let reason = 'it ended';
    worker.on('message', (answer: BenchAnswer) => this.#receive(answer));
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => {
      const message = `the rules were not tried: the thread for it failed: ${reason}`;
      this.#lost(worker, new AppError('unavailable', message));
    });
    return worker;
  }

  #receive({ ticket, result, error }: BenchAnswer): void {
    if (ticket !== this.#ticket || this.#current === undefined) return;
    if (error === undefined) this.#current.resolve(result);
    else this.#current.reject(new AppError(error.code, error.message));
    this.#next();
  }

  /** The job of a thread that is gone is refused; the next one gets a new thread. */
  #lost(worker: Worker, error: AppError): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#current?.reject(error);
    this.#next();
  }
}
