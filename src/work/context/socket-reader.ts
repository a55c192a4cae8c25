import type { Socket } from 'node:net';
import { CollectError } from '#core/plugin/collect-error.ts';
import { connectionFault } from './fault.ts';

const LF = 0x0a;
const CR = 0x0d;

/** Reads a socket in lines and blocks, never more than `maxBytes` ahead. One read at a time. */
export class SocketReader {
  readonly #socket: Socket;
  readonly #name: string;
  readonly #maxBytes: number;
  #buffered: Buffer = Buffer.alloc(0);
  #hasEnded = false;
  #fault: Error | undefined;
  #wake: () => void = () => undefined;

  constructor(socket: Socket, name: string, maxBytes: number) {
    this.#socket = socket;
    this.#name = name;
    this.#maxBytes = maxBytes;
    socket.on('data', (chunk: Buffer) => {
      this.#buffered = this.#buffered.length === 0 ? chunk : Buffer.concat([this.#buffered, chunk]);
      if (this.#buffered.length > maxBytes) socket.pause();
      this.#wake();
    });
    socket.on('error', (error) => {
      this.#fault = error;
    });
    for (const event of ['end', 'close']) {
      socket.on(event, () => {
        this.#hasEnded = true;
        this.#wake();
      });
    }
  }

  isOpen(): boolean {
    return !this.#hasEnded && !this.#socket.destroyed;
  }

  readLine(signal: AbortSignal): Promise<string> {
    return this.#read(signal, () => {
      const end = this.#buffered.indexOf(LF);
      if (end < 0) return undefined;
      const hasReturn = end > 0 && this.#buffered[end - 1] === CR;
      return this.#take(end + 1).toString('utf8', 0, hasReturn ? end - 1 : end);
    });
  }

  readBytes(count: number, signal: AbortSignal): Promise<Buffer> {
    if (count > this.#maxBytes) return Promise.reject(this.#tooLarge());
    return this.#read(signal, () => (this.#buffered.length < count ? undefined : this.#take(count)));
  }

  readAll(signal: AbortSignal): Promise<Buffer> {
    return this.#read(signal, () => (this.#hasEnded ? this.#take(this.#buffered.length) : undefined));
  }

  async #read<Read>(signal: AbortSignal, tryRead: () => Read | undefined): Promise<Read> {
    const giveUp = (): void => {
      this.#socket.destroy();
      this.#wake();
    };
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      for (;;) {
        if (signal.aborted) throw signal.reason;
        const read = tryRead();
        if (read !== undefined) return read;
        if (this.#hasEnded) throw this.#broken(signal);
        if (this.#buffered.length > this.#maxBytes) throw this.#tooLarge();
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } catch (error) {
      this.#socket.destroy();
      throw error;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  #take(count: number): Buffer {
    const taken = this.#buffered.subarray(0, count);
    this.#buffered = this.#buffered.subarray(count);
    if (this.#buffered.length <= this.#maxBytes) this.#socket.resume();
    return taken;
  }

  #broken(signal: AbortSignal): unknown {
    const broken = new CollectError(
      'unreachable',
      `${this.#name} has closed the connection before its answer was whole`,
    );
    return this.#fault === undefined ? broken : connectionFault(this.#fault, this.#name, signal);
  }

  #tooLarge(): CollectError {
    return new CollectError('too_large', `the answer of ${this.#name} is larger than ${this.#maxBytes} bytes`);
  }
}
