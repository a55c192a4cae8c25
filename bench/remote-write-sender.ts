import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';

/** Where remote write is sent to, and the headers of each request. */
export type WriteAddress = {
  readonly host: string;
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
};

/**
 * One kept connection that sends a body and waits for its answer, with as little work as can be: on a machine whose cores
 * are shared with the receiver, a figure is then that of the receiver.
 */
export class LeanSender {
  readonly #socket: Socket;
  readonly #head: string;
  #text = '';
  #answered = Promise.withResolvers<string>();

  private constructor(socket: Socket, { host, port, headers }: WriteAddress) {
    this.#socket = socket;
    const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#head = `POST /api/v1/write HTTP/1.1\r\nhost: ${host}:${port}\r\n${fields.join('')}content-length: `;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.#receive(bytes.toString('latin1')));
    socket.on('error', (error) => this.#answered.reject(error));
    socket.on('close', () => this.#answered.reject(new Error('the receiver closed the connection')));
  }

  static async connect(address: WriteAddress): Promise<LeanSender> {
    const socket = createConnection(address.port, address.host);
    await once(socket, 'connect');
    return new LeanSender(socket, address);
  }

  /** Resolves when the body is acknowledged; throws for any other answer. */
  async send(body: Uint8Array): Promise<void> {
    this.#answered = Promise.withResolvers();
    this.#socket.cork();
    this.#socket.write(`${this.#head}${body.length}\r\n\r\n`);
    this.#socket.write(body);
    this.#socket.uncork();
    const answer = await this.#answered.promise;
    if (!answer.startsWith('HTTP/1.1 204')) throw new Error(answer);
  }

  close(): void {
    this.#answered.promise.catch(() => undefined);
    this.#socket.destroy();
  }

  /** An answer without a body: it ends with its headers. One that is refused has the reason in its first bytes. */
  #receive(text: string): void {
    this.#text += text;
    if (!this.#text.includes('\r\n\r\n')) return;
    this.#answered.resolve(this.#text);
    this.#text = '';
  }
}
