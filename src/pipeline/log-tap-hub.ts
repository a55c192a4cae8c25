import type { LogTap, LogTapBatch } from '#core/live-tap.ts';
import type { FromThread, ToThread } from './protocol.ts';

type Watch = { readonly query: string; readonly onBatch: (batch: LogTapBatch) => void };

/** The live tail's side in the main thread: remembers who watches, also over the life of an ingest thread. */
export class LogTapHub implements LogTap {
  readonly #send: (message: ToThread) => void;
  readonly #check: (query: string) => unknown;
  readonly #watches = new Map<number, Watch>();
  #nextId = 0;

  /** `check` throws `bad_query` for what is no query. */
  constructor(send: (message: ToThread) => void, check: (query: string) => unknown) {
    this.#send = send;
    this.#check = check;
  }

  watch(query: string, onBatch: (batch: LogTapBatch) => void): ReturnType<LogTap['watch']> {
    this.#check(query);
    const watch = this.#nextId++;
    this.#watches.set(watch, { query, onBatch });
    this.#send({ kind: 'watch-logs', watch, query });
    return {
      close: () => {
        if (this.#watches.delete(watch)) this.#send({ kind: 'unwatch-logs', watch });
      },
    };
  }

  /** A new thread knows nothing of the watchers. */
  threadStarted(): void {
    for (const [watch, { query }] of this.#watches) this.#send({ kind: 'watch-logs', watch, query });
  }

  /** Lines from the thread. */
  logs({ watch, records, skipped }: Extract<FromThread, { kind: 'logs' }>): void {
    this.#watches.get(watch)?.onBatch({ records, skipped });
  }
}
