import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { RE2JS } from 're2js';
import { WebSocket } from 'ws';
import { messageOf } from '#core/errors.ts';
import { CollectError } from '#core/plugin/collect-error.ts';

/** What is opened, and with what. */
export type Handshake = {
  /** With the scheme ws: the socket speaks TLS already where it must. */
  readonly url: string;
  readonly protocols: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
};

const LARGEST_BYTES = 2 ** 20;
/** Messages that are read while waiting for the right one. */
const MOST_MESSAGES = 100;

/** A WebSocket over a socket that is open. Every wait ends with the signal. Throws `CollectError`. */
export class Conversation {
  readonly #socket: WebSocket;
  readonly #signal: AbortSignal;
  /** Those that nobody has looked at. */
  #messages: string[] = [];
  #count = 0;

  constructor(socket: Socket, { url, protocols, headers }: Handshake, signal: AbortSignal) {
    this.#signal = signal;
    this.#socket = new WebSocket(url, [...protocols], {
      ...{ headers, maxPayload: LARGEST_BYTES, perMessageDeflate: false, followRedirects: false },
      createConnection: () => socket,
    });
    // Every wait hears of errors itself; without a listener they would end the process.
    this.#socket.on('error', () => undefined);
    this.#socket.on('message', (data: Buffer) => {
      if (this.#count++ < MOST_MESSAGES) this.#messages.push(data.toString('utf8'));
    });
  }

  /** The subprotocol that the server has chosen. */
  get protocol(): string {
    return this.#socket.protocol;
  }

  /** Resolves with the status of the handshake: 101 when it is open. */
  opened(): Promise<number> {
    return this.#wait<number>((resolve, fail) => {
      this.#socket.once('open', () => resolve(101));
      this.#socket.once('unexpected-response', (_request, { statusCode = 0 }: IncomingMessage) => {
        if (statusCode === 101) fail(new Error('it changes to another protocol without saying so'));
        else resolve(statusCode);
      });
    });
  }

  ponged(): Promise<void> {
    return this.#wait<void>((resolve) => {
      this.#socket.once('pong', () => resolve());
      this.#socket.ping();
    });
  }

  /** Says a text and resolves with true when what matches has come; false when the server ends, or many others come, before. */
  heard(text: string | undefined, pattern: RE2JS | undefined): Promise<boolean> {
    return this.#wait<boolean>((resolve) => {
      const look = (): void => {
        if (pattern === undefined || this.#messages.some((message) => pattern.matcher(message).find())) resolve(true);
        else if (this.#count >= MOST_MESSAGES) resolve(false);
        this.#messages = [];
      };
      this.#socket.on('message', look).once('close', () => resolve(false));
      if (text !== undefined) this.#socket.send(text);
      look();
    });
  }

  close(): void {
    this.#socket.close();
    this.#socket.terminate();
  }

  async #wait<Value>(begin: (resolve: (value: Value) => void, fail: (error: unknown) => void) => void): Promise<Value> {
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    const fail = (error: unknown): void => reject(faultOf(error));
    const giveUp = (): void => reject(this.#signal.reason);
    const closed = (): void => fail(new Error('the connection was closed'));
    if (this.#signal.aborted) giveUp();
    this.#signal.addEventListener('abort', giveUp, { once: true });
    begin(resolve, fail);
    this.#socket.once('error', fail).once('close', closed);
    try {
      return await promise;
    } finally {
      this.#signal.removeEventListener('abort', giveUp);
      this.#socket.off('error', fail).off('close', closed);
    }
  }
}

function faultOf(error: unknown): CollectError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const isProtocol = /^(HPE_|WS_ERR_)|^$/.test(code) && !/closed|hang up/.test(messageOf(error));
  const kind = code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? 'too_large' : isProtocol ? 'protocol' : 'unreachable';
  return new CollectError(kind, messageOf(error), { cause: error });
}
