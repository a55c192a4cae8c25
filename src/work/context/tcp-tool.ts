import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { TcpAddress, TcpConnection, TcpOptions, TcpTool } from '#core/plugin/target-context.ts';
import { addressText } from '#core/plugin/target-options.ts';
import type { AddressGuard } from './address-guard.ts';
import { connectionFault } from './fault.ts';
import { SocketReader } from './socket-reader.ts';
import { tlsOptions } from './tls-options.ts';

const LARGEST_BYTES = 16 * 2 ** 20;

/** Connections of one target; `close` closes those that are open. */
export function createTcpTool(guard: AddressGuard): { readonly tcp: TcpTool; readonly close: () => void } {
  const open = new Set<Socket>();

  async function connect(address: TcpAddress, options: TcpOptions): Promise<TcpConnection> {
    options.signal.throwIfAborted();
    const socket = openSocket(address, options, guard);
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    const name = 'path' in address ? address.path : addressText(address);
    const reader = new SocketReader(socket, name, options.maxBytes ?? LARGEST_BYTES);
    await connected(socket, name, options);
    return {
      isOpen: () => reader.isOpen(),
      write: (data) => void socket.write(data),
      readLine: (signal) => reader.readLine(signal),
      readBytes: (count, signal) => reader.readBytes(count, signal),
      readAll: (signal) => reader.readAll(signal),
      close: () => void socket.destroy(),
    };
  }

  return {
    tcp: { connect },
    close: () => {
      for (const socket of open) socket.destroy();
    },
  };
}

function openSocket(address: TcpAddress, options: TcpOptions, guard: AddressGuard): Socket {
  if ('path' in address) {
    guard.checkPath(address.path);
    return connectPlain({ path: address.path });
  }
  guard.check(address.host);
  const { lookup } = guard;
  const where = { ...address, ...(lookup === undefined ? {} : { lookup }) };
  if (options.tls !== true) return connectPlain(where);
  const servername = isIP(address.host) === 0 ? { servername: address.host } : {};
  return connectTls({ ...where, ...servername, ...tlsOptions(options) });
}

/** Resolves when the socket can be written to; a socket that fails or is given up is destroyed. */
function connected(socket: Socket, name: string, { tls, signal }: TcpOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const event = tls === true ? 'secureConnect' : 'connect';
    const fail = (error: unknown): void => {
      leave();
      socket.destroy();
      reject(connectionFault(error, name, signal) as Error);
    };
    const giveUp = (): void => fail(signal.reason);
    const done = (): void => {
      leave();
      resolve();
    };
    const leave = (): void => {
      socket.off(event, done).off('error', fail);
      signal.removeEventListener('abort', giveUp);
    };
    socket.once(event, done).once('error', fail);
    signal.addEventListener('abort', giveUp, { once: true });
  });
}
