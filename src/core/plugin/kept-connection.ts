import { CollectError } from './collect-error.ts';
import type { TcpConnection } from './target-context.ts';

/** What can be kept. */
type Kept = Pick<TcpConnection, 'isOpen' | 'close'>;

/** A connection that is kept between runs, and opened anew when it has gone. */
export class KeptConnection<Connection extends Kept = TcpConnection> {
  readonly #open: (signal: AbortSignal) => Promise<Connection>;
  #kept: Connection | undefined;

  constructor(open: (signal: AbortSignal) => Promise<Connection>) {
    this.#open = open;
  }

  /** Asks on the connection; `exchange` may run twice. Throws as it and as opening do. */
  async ask<T>(exchange: (connection: Connection) => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#kept?.isOpen() === true) {
      try {
        return await exchange(this.#kept);
      } catch (error) {
        // Closed by the server since the last run: no fault of this one.
        if (!(error instanceof CollectError) || error.kind !== 'unreachable') throw error;
      }
    }
    this.#kept?.close();
    this.#kept = await this.#open(signal);
    return exchange(this.#kept);
  }

  close(): void {
    this.#kept?.close();
  }
}
