import type { AddressInfo, Server, Socket } from 'node:net';
import type { StreamReader } from '#core/plugin/input.ts';
import {
  bindError,
  boundAddress,
  hostPortOf,
  type ListenerParts,
  type ListenTcp,
  type RunningListener,
} from './listener.ts';
import { readInPlace } from './read-in-place.ts';
import { StreamWriter } from './sample-writer.ts';
import { TcpPeer } from './tcp-peer.ts';
import { createTcpServer } from './tcp-server.ts';

type Connection = {
  readonly socket: Socket;
  readonly address: string;
  readonly writer: StreamWriter;
  readonly reader: StreamReader;
  readonly peer: TcpPeer;
  /** When it last brought a whole record (monotonic ms). */
  usefulAt: number;
};

/** When all places are taken, a connection that brought no record for so long yields to a new one. */
const YIELD_AFTER_MS = 30_000;

/** Opens a TCP listener. Rejects with AppError `conflict` when the port is taken, `bad_request` for unusable certificates. */
export async function listenTcp(parts: ListenerParts, listen: ListenTcp): Promise<RunningListener> {
  const listener = new TcpListener(parts, listen, await createTcpServer(listen));
  await listener.open();
  return { state: () => listener.state(), close: () => listener.close() };
}

class TcpListener {
  readonly #parts: ListenerParts;
  readonly #listen: ListenTcp;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  readonly #unsubscribe: () => void;

  constructor(parts: ListenerParts, listen: ListenTcp, server: Server) {
    this.#parts = parts;
    this.#listen = listen;
    this.#server = server;
    server.on(listen.tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => this.#accept(socket));
    this.#unsubscribe = parts.gate.onChange((closed) => {
      for (const { socket } of this.#connections) {
        if (closed === undefined) socket.resume();
        else socket.pause();
      }
    });
  }

  async open(): Promise<void> {
    const bound = Promise.withResolvers<void>();
    this.#server.once('error', (error) => bound.reject(bindError(this.#listen, 'TCP', error)));
    this.#server.listen({ ...hostPortOf(this.#listen), backlog: 1024 }, () => bound.resolve());
    await bound.promise;
  }

  state(): ReturnType<RunningListener['state']> {
    const address = boundAddress(this.#server.address() as AddressInfo);
    return {
      name: `${this.#listen.input}/${this.#listen.tls === undefined ? 'tcp' : 'tls'}`,
      address,
      connections: this.#connections.size,
    };
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    const closed = Promise.withResolvers<void>();
    this.#server.close(() => closed.resolve());
    for (const { socket } of this.#connections) socket.destroy();
    await closed.promise;
  }

  #accept(accepted: Socket): void {
    const address = accepted.remoteAddress ?? '';
    if (!this.#hasPlace(address)) return void accepted.destroy();
    const { writers, sources, limits, idleTimeoutMs, gate, monotonic, spooler } = this.#parts;
    const writer = new StreamWriter(writers, this.#listen.slot, sources.of(this.#listen.slot, address));
    writer.address = address;
    const read = (chunk: Uint8Array): void => this.#read(connection, chunk);
    const socket = this.#listen.tls === undefined ? readInPlace(accepted, read) : accepted.on('data', read);
    const peer = new TcpPeer(socket, spooler, this.#listen.slot);
    if (this.#listen.isAnswered) writer.onReject = (_, reason) => peer.refused(reason);
    const reader = this.#listen.reader(writer, limits, peer);
    const connection: Connection = { socket, address, writer, reader, peer, usefulAt: monotonic() };
    this.#connections.add(connection);
    socket.setTimeout(idleTimeoutMs, () => gate.reason === undefined && socket.destroy());
    socket.on('end', () => this.#end(connection));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#connections.delete(connection));
    if (gate.reason !== undefined) socket.pause();
  }

  /** Hot: per chunk of at most 64 KiB. The counts are right even when a reader throws in the middle. */
  #read(connection: Connection, chunk: Uint8Array): void {
    const { writer, reader, socket, peer } = connection;
    let whole = false;
    try {
      writer.begin();
      if (this.#listen.isAnswered) peer.begin();
      whole = reader.read(chunk);
    } finally {
      if (writer.commit() > 0) connection.usefulAt = this.#parts.monotonic();
      if (this.#listen.isAnswered) peer.commit();
    }
    if (!whole) socket.destroy();
    this.#parts.spooler.afterChunk();
  }

  #end(connection: Connection): void {
    connection.writer.begin();
    connection.reader.end();
    connection.writer.commit();
    this.#parts.spooler.afterChunk();
  }

  #hasPlace(address: string): boolean {
    const { maxConnections, maxConnectionsPerAddress } = this.#parts;
    const same = [...this.#connections].filter((connection) => connection.address === address);
    if (same.length >= maxConnectionsPerAddress) return this.#yieldOne(same);
    return this.#connections.size < maxConnections || this.#yieldOne([...this.#connections]);
  }

  /** Slow senders that only hold their place (slow loris) make room for a new one. */
  #yieldOne(candidates: readonly Connection[]): boolean {
    const idlest = candidates.reduce((a, b) => (a.usefulAt <= b.usefulAt ? a : b));
    if (this.#parts.monotonic() - idlest.usefulAt < YIELD_AFTER_MS) return false;
    idlest.socket.destroy();
    this.#connections.delete(idlest);
    return true;
  }
}
