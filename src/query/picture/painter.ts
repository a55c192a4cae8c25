import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode } from '#core/errors.ts';
import type { ChartSpec, PieSpec } from './chart-spec.ts';

/** A picture to be drawn. */
export type DrawJob =
  | { readonly kind: 'chart'; readonly spec: ChartSpec }
  | { readonly kind: 'pie'; readonly spec: PieSpec };
export type DrawRequest = { readonly ticket: number; readonly job: DrawJob };
export type DrawAnswer = {
  readonly ticket: number;
  readonly svg?: string;
  readonly error?: { readonly code: ErrorCode; readonly message: string };
};

/** Pictures that may wait at once. */
const MAX_WAITING = 100;
/** A thread without work is kept for so long, ms. */
const IDLE_MS = 60_000;

type Waiting = { readonly resolve: (svg: string) => void; readonly reject: (error: AppError) => void };

/**
 * Draws pictures on a thread of its own, so that requests beside it are answered meanwhile. The thread starts with the
 * first picture, ends when there is nothing to draw for a minute, and never keeps the process alive while idle.
 */
export class Painter {
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #ticket = 0;
  readonly #waiting = new Map<number, Waiting>();

  /** The picture as SVG. Throws `bad_request` as `drawChart` does, `too_many_requests` and `unavailable`. */
  async draw(job: DrawJob): Promise<string> {
    if (this.#waiting.size >= MAX_WAITING) throw new AppError('too_many_requests', 'too many pictures are being drawn');
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    worker.ref();
    const ticket = (this.#ticket += 1);
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.#waiting.set(ticket, { resolve, reject });
    const request: DrawRequest = { ticket, job };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread, not a window
    worker.postMessage(request);
    return promise;
  }

  /** Ends the thread; what waits is refused. */
  async stop(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./draw-thread.ts', import.meta.url), { name: 'painter' });
    let reason = 'it ended';
    worker.on('message', (answer: DrawAnswer) => this.#receive(answer));
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => this.#ended(worker, reason));
    return worker;
  }

  #receive({ ticket, svg = '', error }: DrawAnswer): void {
    const waiting = this.#waiting.get(ticket);
    this.#waiting.delete(ticket);
    if (error === undefined) waiting?.resolve(svg);
    else waiting?.reject(new AppError(error.code, error.message));
    if (this.#waiting.size > 0) return;
    this.#worker?.unref();
    this.#idle = setTimeout(() => void this.#worker?.terminate(), IDLE_MS).unref();
  }

  #ended(worker: Worker, reason: string): void {
    if (this.#worker === worker) this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) {
      reject(new AppError('unavailable', `the picture was not drawn: the drawing thread failed: ${reason}`));
    }
    this.#waiting.clear();
  }
}
