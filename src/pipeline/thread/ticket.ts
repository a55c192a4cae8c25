import type { AppError } from '#core/errors.ts';
import type { Ledger } from '#pipeline/ledger.ts';
import type { Batch } from './batch.ts';
import type { Chunk } from './row-chunk.ts';

type Open = Batch | Chunk;
type Range = { readonly batch: Open; readonly from: number; readonly to: number };

/** The rows of one sender who waits until they are durable. */
export class Ticket {
  readonly #input: number;
  readonly #ranges: readonly Range[];
  readonly #settled = Promise.withResolvers<void>();

  /** `before` are the rows each open batch and chunk had when the sender's rows began; they are contiguous in each. */
  constructor(input: number, before: ReadonlyMap<Open, number>, open: readonly Open[]) {
    this.#input = input;
    this.#ranges = open
      .map((batch) => ({ batch, from: before.get(batch) ?? 0, to: batch.rows }))
      .filter((range) => range.to > range.from);
  }

  /** Nothing to wait for. */
  get isEmpty(): boolean {
    return this.#ranges.length === 0;
  }

  get done(): Promise<void> {
    return this.#settled.promise;
  }

  resolve(): void {
    this.#settled.resolve();
  }

  /** Takes the rows of the tickets out of the batches, from the end so that positions hold, and rejects them. */
  static refuse(tickets: readonly Ticket[], batches: readonly Open[], ledger: Ledger, error: AppError): void {
    const rows = tickets.flatMap((ticket) => ticket.#ranges.map((range) => ({ ...range, input: ticket.#input })));
    for (const { batch, from, to, input } of rows.sort((a, b) => b.from - a.from)) {
      if (!batches.includes(batch)) continue;
      batch.remove(from, to, input);
      if (batch.isCounted) ledger.takeBack(input, 'disk_full', to - from);
    }
    ledger.publish();
    for (const ticket of tickets) ticket.#settled.reject(error);
  }
}
