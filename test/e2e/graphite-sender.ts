import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Product } from '../product/product.ts';

/** A Graphite sender on the product's plaintext listener. */
export class GraphiteSender {
  readonly #socket: Socket;
  #timer: ReturnType<typeof setInterval> | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async open(product: Product): Promise<GraphiteSender> {
    const { host, port } = await product.listener('graphite-plaintext');
    const socket = connect(port, host);
    await once(socket, 'connect');
    return new GraphiteSender(socket);
  }

  /** Sends values of now: `name value` each. */
  send(...samples: readonly string[]): void {
    const seconds = Math.floor(Date.now() / 1000);
    this.#socket.write(samples.map((sample) => `${sample} ${seconds}\n`).join(''));
  }

  /** Sends what `samples` gives once a second until closed. */
  keepSending(samples: (round: number) => readonly string[]): void {
    let round = 0;
    const next = (): void => this.send(...samples(round++));
    next();
    this.#timer = setInterval(next, 1_000);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.destroy();
  }
}
