import type { Socket } from 'node:net';
import type { RejectReason, StreamPeer } from '#core/plugin/input.ts';
import type { Spooler } from './spooler.ts';
import { Ticket } from './ticket.ts';

/** Answers that the sender does not fetch. */
const MAX_UNSENT_BYTES = 64 * 1024;

type Open = Spooler['open'][number];

/** The sender on a connection whose reader gives answers. */
export class TcpPeer implements StreamPeer {
  readonly #socket: Socket;
  readonly #spooler: Spooler;
  readonly #slot: number;
  /** Rows of the open batches before the chunk that is being read. */
  #before: ReadonlyMap<Open, number> = new Map();
  #durable: Promise<unknown> = Promise.resolve();
  #waiting: (() => void)[] = [];
  /** A record was refused for want of room: its sender must keep it. */
  #hasNoRoom = false;

  constructor(socket: Socket, spooler: Spooler, slot: number) {
    this.#socket = socket;
    this.#spooler = spooler;
    this.#slot = slot;
  }

  send(bytes: Uint8Array): void {
    if (this.#socket.writableLength > MAX_UNSENT_BYTES) this.#socket.destroy();
    else if (this.#socket.writable) this.#socket.write(bytes);
  }

  whenDurable(then: () => void): void {
    this.#waiting.push(then);
  }

  /** A record of the stream was refused. */
  refused(reason: RejectReason): void {
    this.#hasNoRoom ||= reason === 'spool_full' || reason === 'disk_full';
  }

  /** A chunk is going to be read. */
  begin(): void {
    this.#before = new Map(this.#spooler.open.map((batch) => [batch, batch.rows]));
  }

  /** The chunk was read: its rows are the sender's, next to each other in each batch. */
  commit(): void {
    const ticket = new Ticket(this.#slot, this.#before, this.#spooler.open);
    if (!ticket.isEmpty) this.#durable = Promise.all([this.#durable, this.#spooler.durable(ticket, true)]);
    const waiting = this.#waiting.splice(0);
    if (this.#hasNoRoom) return void this.#socket.destroy();
    void this.#durable.then(
      () => {
        for (const then of waiting) then();
      },
      () => this.#socket.destroy(),
    );
  }
}
