import type { InputAccount } from '#core/api/status.ts';
import { ledgerEntry, ledgerMemory, MAX_INPUTS, readLedger, settleAfterCrash, totalReceived } from './ledger.ts';
import type { InputRows } from './protocol.ts';

/** Batches of an earlier process, whose inputs are not known any more. */
export const REPLAY_INPUT = 'spool';

const OTHERS = 'others';

/**
 * The accounts of all inputs over all lives of the ingest thread. The thread counts what comes until it is durable
 * (ledger), this side counts what becomes of the files; together: received = stored + held + rejected + dropped.
 */
export class Accounts {
  readonly #slots = new Map<string, number>();
  /** Counts of threads that are gone. */
  #past: Float64Array = new Float64Array(readLedger(ledgerMemory()).length);
  #ledger = ledgerMemory();
  readonly #stored = new Float64Array(MAX_INPUTS);
  readonly #bad = new Float64Array(MAX_INPUTS);
  #replayed = 0;
  #replayStored = 0;
  #replayBad = 0;

  /** The memory that the thread of now counts in. */
  get ledger(): SharedArrayBuffer {
    return this.#ledger;
  }

  get slots(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#slots);
  }

  /** The slot of an input; many distinct names share the last one. */
  slot(input: string): number {
    const known = this.#slots.get(input);
    if (known !== undefined) return known;
    const name = this.#slots.size < MAX_INPUTS - 1 ? input : OTHERS;
    const slot = this.#slots.get(name) ?? this.#slots.size;
    this.#slots.set(name, slot);
    return slot;
  }

  /** The input of a slot. */
  name(slot: number): string {
    return [...this.#slots].find(([, known]) => known === slot)?.[0] ?? OTHERS;
  }

  /** The thread is gone: what it had in memory is lost and counted; a new thread counts in new memory. */
  threadEnded(): void {
    this.#past = this.#cells();
    settleAfterCrash(this.#past);
    this.#ledger = ledgerMemory();
  }

  /** Rows found in the spool that no living thread has told of. */
  replayed(rows: number): void {
    this.#replayed += rows;
  }

  /** A file is in the store. Without inputs it was a replayed one. */
  stored(rows: number, inputs: InputRows | undefined): void {
    if (inputs === undefined) this.#replayStored += rows;
    for (const [slot, count] of inputs ?? []) this.#stored[slot] = (this.#stored[slot] ?? 0) + count;
  }

  /** A file was put aside. */
  bad(rows: number, inputs: InputRows | undefined): void {
    if (inputs === undefined) this.#replayBad += rows;
    for (const [slot, count] of inputs ?? []) this.#bad[slot] = (this.#bad[slot] ?? 0) + count;
  }

  /** Records received by all inputs since the start. */
  received(): number {
    return totalReceived(this.#cells());
  }

  list(): InputAccount[] {
    const cells = this.#cells();
    const accounts = [...this.#slots].map(([input, slot]) => this.#account(cells, input, slot));
    if (this.#replayed > 0) accounts.push(this.#replayAccount());
    return accounts;
  }

  #account(cells: Float64Array, input: string, slot: number): InputAccount {
    const { received, memory, spooled, rejected, dropped } = ledgerEntry(cells, slot);
    const stored = this.#stored[slot] ?? 0;
    const bad = this.#bad[slot] ?? 0;
    return {
      input,
      received,
      stored,
      held: memory + spooled - stored - bad,
      rejected,
      dropped: bad === 0 ? dropped : { ...dropped, bad_file: (dropped['bad_file'] ?? 0) + bad },
    };
  }

  #replayAccount(): InputAccount {
    return {
      input: REPLAY_INPUT,
      received: this.#replayed,
      stored: this.#replayStored,
      held: this.#replayed - this.#replayStored - this.#replayBad,
      rejected: {},
      dropped: this.#replayBad === 0 ? {} : { bad_file: this.#replayBad },
    };
  }

  #cells(): Float64Array {
    return readLedger(this.#ledger).map((count, i) => count + (this.#past[i] ?? 0));
  }
}
