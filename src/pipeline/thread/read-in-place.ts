import { Socket } from 'node:net';

const BUFFER_BYTES = 64 * 1024;

/** The part of a socket that owns the connection; not in Node's types. */
type Owner = { _handle: unknown };

/**
 * A connection that a server with `pauseOnConnect` accepted, read into one buffer again and again: a flood of samples
 * otherwise costs a fresh 64 KiB a chunk, and the collector its time. `onChunk` must not keep what it is given. Node has
 * this for outgoing connections only (`onread`), so the connection is handed to such a socket; the accepted one stays as
 * the place that the server counts, and goes with it.
 */
export function readInPlace(accepted: Socket, onChunk: (chunk: Uint8Array) => void): Socket {
  const owner = accepted as unknown as Owner;
  const handle = owner._handle;
  owner._handle = null;
  const socket = new Socket({
    handle,
    onread: {
      buffer: new Uint8Array(BUFFER_BYTES),
      callback: (bytes: number, buffer: Uint8Array) => {
        onChunk(buffer.subarray(0, bytes));
        return true;
      },
    },
  } as ConstructorParameters<typeof Socket>[0]);
  socket.once('close', () => accepted.destroy());
  return socket;
}
