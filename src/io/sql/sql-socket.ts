import type { Socket } from 'node:net';
import { CollectError } from '#core/plugin/collect-error.ts';
import type { ProbeTool } from '#core/plugin/target-context.ts';
import { addressText } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';
import { MOST_BYTES } from './sql-connection.ts';

/** Where sockets come from: they are guarded, and closed with the target. */
export type SocketSource = Pick<ProbeTool, 'open'>;

/** How to tell a server by the first bytes it sends. */
export type Greeting = { readonly what: string; readonly isFine: (bytes: Buffer) => boolean };

/** A socket under a driver, which knows why it was closed. */
export class SqlSocket {
  readonly socket: Socket;
  readonly #name: string;
  readonly #broken: Promise<never>;
  #fault: CollectError | undefined;
  #bytes = 0;

  /** Drivers must be given the socket before control returns to the event loop: what it has read would pass them by. */
  constructor(socket: Socket, address: HostPort, { what, isFine }: Greeting) {
    this.socket = socket;
    this.#name = addressText(address);
    // Drivers would wait for more.
    socket.once('data', (bytes: Buffer) => {
      const begin = JSON.stringify(bytes.toString('latin1', 0, 40));
      if (!isFine(bytes)) this.#fail('protocol', `this is no ${what}: it begins with ${begin}`);
    });
    socket.on('data', ({ length }: Buffer) => {
      this.#bytes += length;
      if (this.#bytes > MOST_BYTES) this.#fail('too_large', `the answer is larger than ${MOST_BYTES} bytes`);
    });
    const { promise, reject } = Promise.withResolvers<never>();
    this.#broken = promise;
    promise.catch(() => undefined);
    socket.once('error', (cause) => this.#fail('unreachable', cause.message, cause));
    socket.once('close', () => {
      reject(this.#fault ?? this.#named('unreachable', 'the server has closed the connection'));
    });
  }

  get isOpen(): boolean {
    return !this.socket.destroyed && this.socket.readable;
  }

  /** Why it was closed, if it was not by the server or by us. */
  get fault(): CollectError | undefined {
    return this.#fault;
  }

  close(): void {
    this.socket.destroy();
  }

  /**
   * What the driver makes of one exchange, which knows no deadlines. An abort runs `cancel`, which ends the statement on
   * the server, and closes the socket.
   */
  async during<T>(begin: () => Promise<T>, signal: AbortSignal, cancel?: () => Promise<void>): Promise<T> {
    signal.throwIfAborted();
    this.#bytes = 0;
    const aborted = Promise.withResolvers<never>();
    const giveUp = (): void => {
      const ended = cancel?.().catch(() => undefined);
      this.close();
      void Promise.resolve(ended).then(() => aborted.reject(signal.reason));
    };
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      return await Promise.race([begin(), this.#broken, aborted.promise]);
    } catch (error) {
      if (signal.aborted) await aborted.promise;
      throw this.#fault ?? error;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  #named(kind: CollectError['kind'], message: string, cause?: unknown): CollectError {
    return new CollectError(kind, `${this.#name}: ${message}`, { cause });
  }

  #fail(kind: CollectError['kind'], message: string, cause?: unknown): void {
    this.#fault ??= this.#named(kind, message, cause);
    this.socket.destroy();
  }
}
