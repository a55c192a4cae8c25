import { AppError } from '#core/errors.ts';

/** Bodies that are being unpacked, read and made durable, together: what senders at the same time cost in memory. */
const MAX_BYTES_IN_HAND = 512 * 1024 * 1024;

/** Keeps the memory that request bodies take within bounds. */
export class BodyBudget {
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes = MAX_BYTES_IN_HAND) {
    this.#maxBytes = maxBytes;
  }

  /** Runs with a body of this size in hand. Throws `too_many_requests` when there is no room for it. */
  async hold<T>(bytes: number, run: () => Promise<T>): Promise<T> {
    if (this.#bytes > 0 && this.#bytes + bytes > this.#maxBytes) {
      throw new AppError('too_many_requests', 'too much data is coming in at once: send again in a moment');
    }
    this.#bytes += bytes;
    try {
      return await run();
    } finally {
      this.#bytes -= bytes;
    }
  }
}
