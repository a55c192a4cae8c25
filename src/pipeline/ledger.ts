import { REJECT_REASONS, type RejectReason } from '#core/plugin/input.ts';

/** Why records that had been received are gone. */
export const DROP_REASONS = ['overload', 'disk_full', 'spool_full', 'thread_restart', 'bad_file'] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** Inputs that can be told apart; the last slot takes all others. */
export const MAX_INPUTS = 128;

const RECEIVED = 0;
const MEMORY = 1;
const SPOOLED = 2;
const FIRST_REJECTED = 3;
const FIRST_DROPPED = FIRST_REJECTED + REJECT_REASONS.length;
const COLUMNS = FIRST_DROPPED + DROP_REASONS.length;
const CELLS = MAX_INPUTS * COLUMNS;
const HEADER_BYTES = 8;
const MAX_READS = 1_000;

const REJECT_COLUMN = new Map<string, number>(REJECT_REASONS.map((reason, i) => [reason, FIRST_REJECTED + i]));
const DROP_COLUMN = new Map<string, number>(DROP_REASONS.map((reason, i) => [reason, FIRST_DROPPED + i]));

/** Counts of one input at one moment: received = memory + spooled + rejected + dropped. */
export type LedgerEntry = {
  readonly received: number;
  readonly memory: number;
  readonly spooled: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly dropped: Readonly<Record<string, number>>;
};

/** Memory for a ledger that outlives the thread writing it. */
export function ledgerMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER_BYTES + CELLS * Float64Array.BYTES_PER_ELEMENT);
}

/**
 * The thread's side of the accounts. Counts change in private memory and are published whole, under a sequence lock,
 * when a chunk of input is done: a reader never sees half a change, and a thread that dies leaves exact counts behind.
 */
export class Ledger {
  readonly #sequence: Int32Array;
  readonly #shared: Float64Array;
  readonly #cells = new Float64Array(CELLS);

  constructor(memory: SharedArrayBuffer) {
    this.#sequence = new Int32Array(memory, 0, 1);
    this.#shared = new Float64Array(memory, HEADER_BYTES, CELLS);
  }

  /** Counts records that came and are kept in memory. */
  accept(slot: number, records: number): void {
    this.#add(slot, RECEIVED, records);
    this.#add(slot, MEMORY, records);
  }

  /** Counts records that came and are refused. */
  reject(slot: number, reason: RejectReason, records: number): void {
    this.#add(slot, RECEIVED, records);
    this.#add(slot, REJECT_COLUMN.get(reason) ?? FIRST_REJECTED, records);
  }

  /** Counts records that came and are not kept. */
  drop(slot: number, reason: DropReason, records: number): void {
    this.#add(slot, RECEIVED, records);
    this.#add(slot, DROP_COLUMN.get(reason) ?? FIRST_DROPPED, records);
  }

  /** Records of memory are durable now. */
  spool(slot: number, records: number): void {
    this.#add(slot, MEMORY, -records);
    this.#add(slot, SPOOLED, records);
  }

  /** Records of memory are refused after all: their sender is told. */
  takeBack(slot: number, reason: RejectReason, records: number): void {
    this.#add(slot, MEMORY, -records);
    this.#add(slot, REJECT_COLUMN.get(reason) ?? FIRST_REJECTED, records);
  }

  /** Records of memory are gone: nobody can be told. */
  lose(slot: number, reason: DropReason, records: number): void {
    this.#add(slot, MEMORY, -records);
    this.#add(slot, DROP_COLUMN.get(reason) ?? FIRST_DROPPED, records);
  }

  publish(): void {
    Atomics.add(this.#sequence, 0, 1);
    this.#shared.set(this.#cells);
    Atomics.add(this.#sequence, 0, 1);
  }

  #add(slot: number, column: number, records: number): void {
    const cell = slot * COLUMNS + column;
    this.#cells[cell] = (this.#cells[cell] ?? 0) + records;
  }
}

/** All counts as they were at one moment. */
export function readLedger(memory: SharedArrayBuffer): Float64Array {
  const sequence = new Int32Array(memory, 0, 1);
  const shared = new Float64Array(memory, HEADER_BYTES, CELLS);
  const cells = new Float64Array(CELLS);
  for (let read = 0; read < MAX_READS; read += 1) {
    const before = Atomics.load(sequence, 0);
    cells.set(shared);
    if (before % 2 === 0 && Atomics.load(sequence, 0) === before) break;
  }
  return cells;
}

/** The counts of one input. */
export function ledgerEntry(cells: Float64Array, slot: number): LedgerEntry {
  const at = (column: number): number => cells[slot * COLUMNS + column] ?? 0;
  return {
    received: at(RECEIVED),
    memory: at(MEMORY),
    spooled: at(SPOOLED),
    rejected: reasons(REJECT_COLUMN, at),
    dropped: reasons(DROP_COLUMN, at),
  };
}

/** Records received by all inputs together. */
export function totalReceived(cells: Float64Array): number {
  let total = 0;
  for (let slot = 0; slot < MAX_INPUTS; slot += 1) total += cells[slot * COLUMNS + RECEIVED] ?? 0;
  return total;
}

/** Ends the life of a thread: what it held in memory is gone, counted as `thread_restart`. */
export function settleAfterCrash(cells: Float64Array): void {
  for (let slot = 0; slot < MAX_INPUTS; slot += 1) {
    const row = slot * COLUMNS;
    const lost = row + (DROP_COLUMN.get('thread_restart') ?? 0);
    cells[lost] = (cells[lost] ?? 0) + (cells[row + MEMORY] ?? 0);
    cells[row + MEMORY] = 0;
  }
}

function reasons(columns: ReadonlyMap<string, number>, at: (column: number) => number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [reason, column] of columns) if (at(column) !== 0) counts[reason] = at(column);
  return counts;
}
