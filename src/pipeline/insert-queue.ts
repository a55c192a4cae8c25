import type { SpoolFile } from '#storage/spool/spool-file.ts';
import type { InputRows } from './protocol.ts';

/** A durable batch on its way into the store. */
export type QueuedFile = {
  readonly file: SpoolFile;
  /** Undefined: found in the spool at start. */
  readonly inputs: InputRows | undefined;
  /** How often the store refused its data. */
  refusals: number;
};

/** Files of one table that wait: found ones oldest first, beside a lane of fresh ones, so that neither starves. */
export class InsertQueue {
  readonly #found: QueuedFile[] = [];
  readonly #fresh: QueuedFile[] = [];
  #freshNext = true;
  #wake = Promise.withResolvers<void>();

  add(queued: QueuedFile): void {
    (queued.inputs === undefined ? this.#found : this.#fresh).push(queued);
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }

  /** Takes the next file; undefined when there is none. */
  take(): QueuedFile | undefined {
    this.#freshNext = !this.#freshNext;
    const [first, second] = this.#freshNext ? [this.#found, this.#fresh] : [this.#fresh, this.#found];
    return first.shift() ?? second.shift();
  }

  /** Resolves at the next `add`. */
  get added(): Promise<void> {
    return this.#wake.promise;
  }

  get waiting(): readonly QueuedFile[] {
    return [...this.#found, ...this.#fresh];
  }
}
