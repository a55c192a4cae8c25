import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { CollectErrorKind } from '#core/plugin/collect-error.ts';

/** A server that does wrong, and what a collector may call that. */
export type FaultyServer = {
  readonly name: string;
  readonly kinds: readonly (CollectErrorKind | 'timeout')[];
  readonly serve: (socket: Socket) => void;
};

const BLOCK = Buffer.alloc(1 << 20, 'x');

const GARBAGE = '\u0001garbage in \u0007 place of an answer\r\n\r\n';
/** Clients whose protocol has the server speak first say nothing for so long. */
const SILENCE_MS = 200;

/** Runs `speak` when the client has said something, or waits for the server to. */
function whenSpokenTo(socket: Socket, speak: () => void): void {
  const late = setTimeout(() => socket.emit('data', ''), SILENCE_MS);
  socket.once('data', speak).once('close', () => clearTimeout(late));
}

/** Keeps on sending as long as it is read. */
function flood(socket: Socket): void {
  socket.on('drain', () => flood(socket));
  while (!socket.destroyed && socket.write(BLOCK));
}

export const FAULTY_SERVERS: readonly FaultyServer[] = [
  { name: 'hangs', kinds: ['timeout'], serve: (socket) => void socket.resume() },
  { name: 'closes at once', kinds: ['unreachable'], serve: (socket) => void socket.destroy() },
  {
    name: 'speaks garbage',
    kinds: ['protocol'],
    serve: (socket) => whenSpokenTo(socket, () => socket.end(GARBAGE)),
  },
  {
    name: 'drips one byte',
    kinds: ['timeout'],
    serve: (socket) => void socket.once('data', () => socket.write('H')),
  },
];

/** Never ends; for a few rounds only. */
export const FLOODING: FaultyServer = {
  name: 'floods',
  kinds: ['too_large', 'protocol', 'timeout'],
  serve: (socket) => void socket.once('data', () => flood(socket)),
};

/** Runs it on a port of loopback while `use` runs. */
export async function withFaulty(faulty: FaultyServer, use: (port: number) => Promise<void>): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    faulty.serve(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  try {
    await use(typeof address === 'object' && address !== null ? address.port : 0);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }
}
