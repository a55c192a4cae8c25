import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { StreamReader } from '#core/plugin/input.ts';
import { kernelDrops } from './kernel-drops.ts';
import {
  bindError,
  boundAddress,
  hostPortOf,
  type Listen,
  type ListenerParts,
  type RunningListener,
} from './listener.ts';
import { StreamWriter } from './sample-writer.ts';

/** The kernel caps it at net.core.rmem_max; the default buffer loses half of a burst. */
const RECEIVE_BUFFER_BYTES = 8 * 1024 * 1024;
const NEWLINE = 0x0a;

/** Opens a UDP listener. Rejects with AppError `conflict` when the port is taken. */
export async function listenUdp(parts: ListenerParts, listen: Listen): Promise<RunningListener> {
  const { host, port } = hostPortOf(listen);
  const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES });
  const writer = new StreamWriter(parts.writers, listen.slot, parts.sources.of(listen.slot, 'udp'));
  const reader = listen.reader(writer, parts.limits);
  await bind(socket, listen, host, port);
  socket.on('error', () => {}); // errors of single datagrams (ICMP) concern nobody
  socket.on('message', (datagram, sender) => {
    writer.address = sender.address;
    take(parts, listen, { datagram, writer, reader });
  });
  const bound = socket.address();
  const state = { name: `${listen.input}/udp`, address: boundAddress(bound), connections: 0 };
  return {
    state: () => {
      const drops = kernelDrops(bound.port, bound.family === 'IPv6');
      return drops === undefined ? state : { ...state, kernelDrops: drops };
    },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

async function bind(socket: Socket, listen: Listen, address: string, port: number): Promise<void> {
  const bound = Promise.withResolvers<void>();
  socket.once('error', (error) => bound.reject(bindError(listen, 'UDP', error)));
  socket.bind({ address, port }, () => bound.resolve());
  await bound.promise;
  socket.removeAllListeners('error');
}

type Datagram = { readonly datagram: Buffer; readonly writer: StreamWriter; readonly reader: StreamReader };

/** Nobody can be made to wait on UDP: while intake is closed, the records of a datagram are dropped and counted. */
function take(parts: ListenerParts, listen: Listen, { datagram, writer, reader }: Datagram): void {
  const { reason } = parts.gate;
  if (reason !== undefined) {
    const { ledger } = parts.writers;
    ledger.drop(listen.slot, reason, recordsOf(datagram));
    ledger.publish();
    return;
  }
  try {
    writer.begin();
    reader.read(datagram);
    reader.end();
  } finally {
    writer.commit();
  }
  parts.spooler.afterChunk();
}

function recordsOf(datagram: Buffer): number {
  let records = datagram.length > 0 && datagram.at(-1) !== NEWLINE ? 1 : 0;
  for (const byte of datagram) if (byte === NEWLINE) records += 1;
  return records;
}
