import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** `open` passes bytes on; `hole` takes connections and answers nothing; `refuse` takes none and cuts those there are. */
export type ProxyMode = 'open' | 'hole' | 'refuse';

/** A line to a TCP server that a test can cut, on one port all the time. */
export class TcpProxy {
  readonly port: number;
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #mode: ProxyMode = 'open';

  private constructor(target: number, port: number) {
    this.#target = target;
    this.port = port;
  }

  /** Opens a line to a port of loopback. */
  static async open(target: number, mode: ProxyMode): Promise<TcpProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const proxy = new TcpProxy(target, port);
    await proxy.set(mode);
    return proxy;
  }

  async set(mode: ProxyMode): Promise<void> {
    this.#mode = mode;
    // What ran before the change never gets an answer: a line that is back does not know old connections.
    if (mode !== 'hole') for (const socket of this.#sockets) socket.destroy();
    else for (const socket of this.#sockets) socket.unpipe();
    if (mode === 'refuse') await this.#closeServer();
    else this.#server ??= await this.#listen();
  }

  async close(): Promise<void> {
    await this.set('refuse');
  }

  async #listen(): Promise<Server> {
    const server = createServer((socket) => this.#accept(socket)).listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  }

  async #closeServer(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server !== undefined) await new Promise((resolve) => server.close(resolve));
  }

  #accept(socket: Socket): void {
    this.#keep(socket);
    if (this.#mode === 'hole') return;
    const far = connect(this.#target, '127.0.0.1');
    this.#keep(far);
    socket.pipe(far).pipe(socket);
    socket.once('close', () => far.destroy());
    far.once('close', () => socket.destroy());
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
