import type { Socket } from 'node:net';
import { CollectError } from '#core/plugin/collect-error.ts';
import type { Turn } from './presets.ts';

/** Most that is read while waiting for an expected text. */
const LARGEST_BYTES = 65_536;

/**
 * Says and hears each turn. Resolves with true when all was heard, with false when something else came before the other
 * side ended or the signal aborted. Throws `CollectError` for a connection that breaks or floods, and the reason of the
 * signal where nothing came at all.
 */
export async function converse(socket: Socket, turns: readonly Turn[], signal: AbortSignal): Promise<boolean> {
  const listener = new Listener(socket, signal);
  for (const { send, expect } of turns) {
    if (send !== undefined) socket.write(send);
    if (expect !== undefined && !(await listener.hear(expect))) return false;
  }
  return true;
}

/** Collects what comes, one character a byte. */
class Listener {
  readonly #socket: Socket;
  readonly #signal: AbortSignal;
  #heard = '';
  #hasEnded = false;
  #fault: Error | undefined;
  #wake: () => void = () => undefined;

  constructor(socket: Socket, signal: AbortSignal) {
    this.#socket = socket;
    this.#signal = signal;
    socket.on('data', (chunk: Buffer) => {
      this.#heard += chunk.toString('latin1');
      if (this.#heard.length > LARGEST_BYTES) socket.pause();
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

  /** What was heard up to the end of the match is forgotten. */
  async hear(pattern: NonNullable<Turn['expect']>): Promise<boolean> {
    const wake = (): void => this.#wake();
    this.#signal.addEventListener('abort', wake, { once: true });
    try {
      for (;;) {
        const matcher = pattern.matcher(this.#heard);
        if (matcher.find()) {
          this.#heard = this.#heard.slice(matcher.end());
          return true;
        }
        if (this.#isOver()) return false;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      this.#signal.removeEventListener('abort', wake);
    }
  }

  /** True when something was heard and nothing more will be; throws when nothing was. */
  #isOver(): boolean {
    if (this.#heard.length > LARGEST_BYTES) throw new CollectError('too_large', 'it says more than is read');
    if (!this.#signal.aborted && !this.#hasEnded && !this.#socket.destroyed) return false;
    if (this.#heard !== '') return true;
    this.#signal.throwIfAborted();
    throw new CollectError('unreachable', 'the connection was closed', { cause: this.#fault });
  }
}
