import { Worker } from 'node:worker_threads';
import type { KnownPattern } from '#core/api/log-patterns.ts';
import type { PulledSource } from '#core/api/status.ts';
import { AppError } from '#core/errors.ts';
import type { WriteAnswer } from '#core/plugin/input.ts';
import type { FromThread, SourceRow, ThreadData, ToThread } from './protocol.ts';

export type LinkHandlers = {
  readonly onMessage: (message: FromThread) => void;
  /** The thread is gone; `reason` is what it threw, or its exit code. */
  readonly onExit: (reason: string) => void;
};

export type RecentColumns = { readonly slot: Uint32Array; readonly t: Float64Array; readonly v: Float64Array };

type Answer =
  | WriteAnswer
  | RecentColumns
  | readonly SourceRow[]
  | readonly KnownPattern[]
  | readonly PulledSource[]
  | undefined;

type Waiting = {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: AppError) => void;
};

/** One life of the ingest thread: the worker, and the requests that wait for its answer. */
export class IngestLink {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #started = Promise.withResolvers<void>();
  readonly #stopped = Promise.withResolvers<void>();
  #reason = '';
  #ticket = 0;

  constructor(workerFile: URL, data: ThreadData, handlers: LinkHandlers) {
    this.#worker = new Worker(workerFile, { workerData: data, name: 'ingest' });
    this.#worker.on('message', (message: FromThread) => this.#receive(message, handlers));
    this.#worker.on('error', (error) => {
      this.#reason = String(error instanceof Error ? error.message : error);
    });
    this.#worker.on('exit', (code) => this.#ended(this.#reason || `exit code ${code}`, handlers));
  }

  /** Resolves when the thread listens; rejects with what hinders it. */
  get started(): Promise<void> {
    return this.#started.promise;
  }

  send(message: ToThread): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread, not a window
    if (message.kind !== 'body') return this.#worker.postMessage(message);
    // A view would go over with all of the memory that it is a part of, which for small bodies is far more.
    const bytes = new Uint8Array(message.bytes);
    this.#worker.postMessage({ ...message, bytes }, [bytes.buffer]);
  }

  /** Sends what `make` gives for a ticket and resolves with its answer. Rejects with the thread's AppError. */
  ask(make: (ticket: number) => ToThread): Promise<Answer> {
    const ticket = (this.#ticket += 1);
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#waiting.set(ticket, { resolve, reject });
    this.send(make(ticket));
    return promise;
  }

  /** Resolves when the thread has written everything it had, or is gone. */
  stop(): Promise<void> {
    this.send({ kind: 'stop' });
    return this.#stopped.promise;
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(message: FromThread, handlers: LinkHandlers): void {
    switch (message.kind) {
      case 'ready':
        this.#started.resolve();
        break;
      case 'refused':
        this.#reason = message.message;
        break;
      case 'written':
        return this.#settle(message.ticket, (waiting) => waiting.resolve(message.answer));
      case 'all-written':
        for (const written of message.written) this.#receive(written, handlers);
        return;
      case 'recent':
        return this.#settle(message.ticket, (waiting) => waiting.resolve(message));
      case 'known-patterns':
        return this.#settle(message.ticket, (waiting) => waiting.resolve(message.patterns));
      case 'sources':
        return this.#settle(message.ticket, (waiting) => waiting.resolve(message.sources));
      case 'pulled':
        return this.#settle(message.ticket, (waiting) => waiting.resolve(message.sources));
      case 'settled':
        return this.#settle(message.ticket, (waiting) => waiting.resolve(undefined));
      case 'failed':
        return this.#settle(message.ticket, (one) => one.reject(new AppError(message.code, message.message)));
      case 'stopped':
        return this.#stopped.resolve();
      default:
    }
    handlers.onMessage(message);
  }

  #settle(ticket: number, settle: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(ticket);
    this.#waiting.delete(ticket);
    if (waiting !== undefined) settle(waiting);
  }

  #ended(reason: string, handlers: LinkHandlers): void {
    const error = new AppError('unavailable', `the ingest thread ended (${reason}): send again, it is being restarted`);
    this.#started.reject(new AppError('unavailable', reason));
    this.#started.promise.catch(() => undefined);
    this.#stopped.resolve();
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
    handlers.onExit(reason);
  }
}
