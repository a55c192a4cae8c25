import type { Socket } from 'node:net';
import { heeding } from './heeding.ts';

/** The sockets of one target that are open. */
export class HeldSockets {
  readonly #open = new Set<Socket>();

  hold<Kind extends Socket>(socket: Kind): Kind {
    this.#open.add(socket);
    // Whoever has the socket hears of errors by other ways too; without a listener they would end the process.
    socket.on('error', () => undefined).once('close', () => this.#open.delete(socket));
    return socket;
  }

  /** Somebody else closes it. */
  release(socket: Socket): void {
    this.#open.delete(socket);
  }

  close(): void {
    for (const socket of this.#open) socket.destroy();
  }

  /** Resolves with the event; a socket that fails, ends or is given up before is destroyed. */
  happens(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<void> {
    const done = heeding<void>(signal, (resolve, reject) => {
      socket.once(event, () => resolve()).once('error', reject);
      socket.once('close', () => reject(new Error('the connection was closed')));
    });
    return done.catch((error: unknown) => {
      socket.destroy();
      throw error;
    });
  }
}
