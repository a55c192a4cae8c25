import type { Socket } from 'node:net';
import type { StreamPeer } from '#core/plugin/input.ts';
import type { Spooler } from './spooler.ts';
import { Ticket } from './ticket.ts';

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

  constructor(socket: Socket, spooler: Spooler, slot: number) {
    this.#socket = socket;
    this.#spooler = spooler;
    this.#slot = slot;
  }

  send(bytes: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  whenDurable(then: () => void): void {
    this.#waiting.push(then);
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
    void this.#durable.then(
      () => {
        for (const then of waiting) then();
      },
      () => this.#socket.destroy(),
    );
  }
}
