import { AppError } from '#core/errors.ts';
import type { Event } from '#core/model/event.ts';
import type { DropReason, Ledger } from '#pipeline/ledger.ts';
import type { FromThread, InputRows } from '#pipeline/protocol.ts';
import type { SpoolFile } from '#storage/spool/spool-file.ts';
import { AwaitedSenders } from './awaited-senders.ts';
import type { Batch } from './batch.ts';
import type { Gate } from './gate.ts';
import type { OpenBatches } from './open-batches.ts';
import type { OpenPositions } from './open-positions.ts';
import { type Round, RoundWriter, type RoundWriterParts, rowsOf } from './round-writer.ts';
import type { Chunk } from './row-chunk.ts';
import type { RowTables } from './row-tables.ts';
import { Ticket } from './ticket.ts';

export type SpoolerParts = Omit<RoundWriterParts, 'announce'> & {
  readonly batches: OpenBatches;
  readonly tables: RowTables;
  readonly positions: OpenPositions;
  readonly ledger: Ledger;
  readonly gate: Gate;
  readonly post: (message: FromThread) => void;
  readonly flushIntervalMs: number;
  readonly maxBatchRows: number;
  readonly eventSlot: number;
  /** Monotonic, ms. */
  readonly monotonic: () => number;
  /** The disk does not keep what it is given: the thread must end. */
  readonly onFault: (error: unknown) => void;
};

/** A sender who waits for an answer gets it this soon on an idle system … */
const ACK_DELAY_MS = 5;
/** … with this pause between batches while the store keeps up … */
const LEAST_PAUSE_MS = 8;
/** … and this more for each file on its way: what is behind is caught up with sooner in fewer and larger ones. */
const PAUSE_MS_PER_FILE = 2;
/** A store that has nothing to do gets a batch of this size at once: under load it is never idle, and batches grow. */
const EARLY_ROWS = 50_000;
/** Senders who wait get their answer at once when all of them are back with this many rows … */
const WHOLE_ROWS = 5_000;
/** … as long as no more files than these are on their way: a store that is behind catches up sooner in larger ones. */
const WHOLE_FILES = 16;
/** As many are written, too, when a flood pauses for so long. */
const LULL_MS = 20;
/** The same for the text of log lines, and what they may have at most: the store takes a batch into memory as a whole. */
const EARLY_LOG_BYTES = 8 * 2 ** 20;
const MAX_LOG_BYTES = 32 * 2 ** 20;

/**
 * Makes records durable: cuts rounds by time and size, writes them to the spool one after the other, and
 * tells the waiting senders. Without space nothing is lost but what its sender is told of: rounds wait in memory.
 */
export class Spooler {
  readonly #parts: SpoolerParts;
  readonly #writer: RoundWriter;
  #tickets: Ticket[] = [];
  /** So many of the tickets are of senders who wait. */
  #urgent = 0;
  readonly #senders = new AwaitedSenders();
  #rounds: Round[] = [];
  #draining: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #lull: NodeJS.Timeout | undefined;
  #lastCut = Number.NEGATIVE_INFINITY;
  #noSpace = false;
  /** Files of records on their way into the store. */
  readonly #inStore = new Set<string>();

  constructor(parts: SpoolerParts) {
    this.#parts = parts;
    this.#writer = new RoundWriter({ ...parts, announce: (file, inputs) => this.#announce(file, inputs) });
  }

  /** True while a write has failed for lack of space. */
  get noSpace(): boolean {
    return this.#noSpace;
  }

  /** To be called after each chunk of input. */
  afterChunk(): void {
    const { tables } = this.#parts;
    const rows = this.#rows;
    const isIdle = this.#inStore.size === 0 && this.#rounds.length === 0;
    const enough = isIdle ? EARLY_ROWS : Number.POSITIVE_INFINITY;
    const isLarge = tables.logs.bytes >= (isIdle ? EARLY_LOG_BYTES : MAX_LOG_BYTES);
    if (rows >= Math.min(enough, this.#parts.maxBatchRows) || isLarge) return this.cut();
    if (rows > 0 || this.#parts.positions.haveMoved) this.#arm(this.#parts.flushIntervalMs);
    if (rows >= EARLY_ROWS) this.#awaitLull();
  }

  /** The store has the batch, or it was put aside. */
  gone(id: string): void {
    if (!this.#inStore.delete(id)) return;
    this.afterChunk();
    if (this.#urgent > 0) this.#armForTickets();
  }

  /** What takes records now. */
  get open(): readonly (Batch | Chunk)[] {
    const { batches, tables } = this.#parts;
    return [...batches.all, ...tables.all.flatMap((table) => table.all)];
  }

  /** Rows of a sender who waits: resolves when they are durable. */
  durable(ticket: Ticket, soon: boolean): Promise<void> {
    this.#tickets.push(ticket);
    if (soon) this.#answerSoon();
    else this.#arm(this.#parts.flushIntervalMs);
    return ticket.done;
  }

  #answerSoon(): void {
    this.#urgent += 1;
    this.#senders.came();
    const keepsUp = this.#rounds.length === 0 && this.#inStore.size <= WHOLE_FILES;
    if (keepsUp && this.#senders.areBack && this.#rows >= WHOLE_ROWS) this.cut();
    else this.#armForTickets();
  }

  /** Records in memory that no round has taken yet. */
  get #rows(): number {
    const { batches, tables } = this.#parts;
    return tables.all.reduce((sum, table) => sum + table.rows, batches.rows);
  }

  append(event: Event): void {
    const { ledger, eventSlot, tables } = this.#parts;
    if (tables.events.append(event, eventSlot)) ledger.accept(eventSlot, 1);
    else ledger.drop(eventSlot, this.#noSpace ? 'disk_full' : 'overload', 1);
    ledger.publish();
    this.#arm(this.#parts.flushIntervalMs);
  }

  /** Ends the running round and starts to write it. */
  cut(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#lull);
    this.#lull = undefined;
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.#lastCut = this.#parts.monotonic();
    const { batches, tables, positions } = this.#parts;
    const chunks = tables.all.flatMap((table) => table.take());
    const waiting = { tickets: this.#tickets, senders: this.#urgent };
    const round: Round = { batches: batches.take(), chunks, ...waiting, positions: positions.take() };
    this.#tickets = [];
    this.#urgent = 0;
    this.#senders.forget();
    if (holdsAnything(round) || round.tickets.length > 0) this.#rounds.push(round);
    this.#parts.gate.set('overload', this.#rounds.length > 1);
    if (this.#noSpace) this.#refuseTickets();
    else void this.drain();
  }

  /** Writes all rounds; resolves when they are durable, or when there is no space. */
  drain(): Promise<void> {
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = undefined;
    });
    return this.#draining;
  }

  /** Gives up what could not be written (at the end), and counts it. */
  abandon(reason: DropReason): void {
    const { ledger } = this.#parts;
    for (const { batches, chunks } of this.#rounds.splice(0)) {
      const counts = [
        ...batches.map(rowsOf),
        ...chunks.filter((chunk) => chunk.isCounted).map((chunk) => chunk.counts),
      ];
      for (const [slot, rows] of counts.flat()) ledger.lose(slot, reason, rows);
      for (const chunk of chunks) chunk.done();
    }
    ledger.publish();
  }

  async #drain(): Promise<void> {
    const { gate } = this.#parts;
    try {
      for (let round = this.#rounds[0]; round !== undefined; round = this.#rounds[0]) {
        await this.#writer.write(round);
        for (const ticket of round.tickets) ticket.resolve();
        this.#senders.answered(round.senders);
        this.#rounds.shift();
        gate.set('overload', this.#rounds.length > 1);
      }
      this.#noSpace = false;
    } catch (error) {
      if (!(error instanceof AppError)) return this.#parts.onFault(error);
      this.#noSpace = true;
      gate.set('disk_full', true);
      this.cut();
    }
  }

  #announce(file: SpoolFile, inputs: InputRows): void {
    const { ledger, post } = this.#parts;
    for (const [slot, rows] of inputs) ledger.spool(slot, rows);
    ledger.publish();
    if (file.table !== 'series') this.#inStore.add(file.id);
    post({ kind: 'spooled', file, inputs });
  }

  /** Tells every waiting sender that its rows are not kept, and takes them out so that this is true. */
  #refuseTickets(): void {
    const error = new AppError('disk_full', 'no space left for the spool: free some, intake goes on by itself');
    for (const round of this.#rounds) {
      if (round.committed !== undefined) continue;
      Ticket.refuse(round.tickets, [...round.batches, ...round.chunks], this.#parts.ledger, error);
      round.tickets = [];
      round.batches = round.batches.filter((batch) => batch.rows > 0);
      for (const chunk of round.chunks) if (chunk.rows === 0) chunk.done();
      round.chunks = round.chunks.filter((chunk) => chunk.rows > 0);
    }
    this.#rounds = this.#rounds.filter(holdsAnything);
  }

  #armForTickets(): void {
    const sinceCut = this.#parts.monotonic() - this.#lastCut;
    this.#arm(Math.max(ACK_DELAY_MS, this.#pauseMs - sinceCut));
  }

  get #pauseMs(): number {
    const wanted = LEAST_PAUSE_MS + PAUSE_MS_PER_FILE * this.#inStore.size;
    return Math.min(this.#parts.flushIntervalMs, wanted);
  }

  #awaitLull(): void {
    const cut = (): void => {
      if (this.#rounds.length === 0) this.cut();
    };
    if (this.#lull === undefined) this.#lull = setTimeout(cut, LULL_MS);
    else this.#lull.refresh();
  }

  #arm(delayMs: number): void {
    const dueAt = this.#parts.monotonic() + delayMs;
    if (dueAt >= this.#dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => this.cut(), delayMs);
  }
}

function holdsAnything({ batches, chunks, positions }: Round): boolean {
  return batches.length > 0 || chunks.length > 0 || positions.size > 0;
}
