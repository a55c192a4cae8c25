import type { WriteAnswer } from '#core/plugin/input.ts';
import type { FromThread, Written } from '#pipeline/protocol.ts';

/** Sends what becomes known in one turn of the thread in one message: most answers are those of a batch of many senders. */
export class Answers {
  readonly #post: (message: FromThread) => void;
  #written: Written[] = [];

  constructor(post: (message: FromThread) => void) {
    this.#post = post;
  }

  /** The records of a request are durable. */
  written(ticket: number, answer: WriteAnswer): void {
    // After all that the same batch resolves.
    if (this.#written.length === 0) process.nextTick(() => this.flush());
    this.#written.push({ kind: 'written', ticket, answer });
  }

  /** Sends what has not been sent yet. */
  flush(): void {
    if (this.#written.length === 0) return;
    this.#post({ kind: 'all-written', written: this.#written });
    this.#written = [];
  }
}
