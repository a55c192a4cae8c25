import { createSocket, type Socket } from 'node:dgram';
import type { DatagramAnswer, DatagramOptions, ProbeTool } from '#core/plugin/target-context.ts';
import { addressText } from '#core/plugin/target-options.ts';
import type { AddressGuard } from './address-guard.ts';
import { connectionFault } from './fault.ts';
import { heeding } from './heeding.ts';
import { resolveHost } from './resolve-host.ts';

/** Datagrams of one target; `close` gives up those that wait for an answer. */
export function createDatagramTool(guard: AddressGuard): {
  readonly ask: ProbeTool['ask'];
  readonly close: () => void;
} {
  const open = new Set<Socket>();

  const ask: ProbeTool['ask'] = async (address, question, options) => {
    try {
      const { signal } = options;
      const { address: ip, family, lookup } = await resolveHost(address.host, guard, signal);
      const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
      open.add(socket);
      try {
        const answer = await exchange(socket, { ip, port: address.port, question }, options);
        return lookup === undefined ? answer : { ...answer, lookup };
      } finally {
        open.delete(socket);
        socket.close();
      }
    } catch (error) {
      throw connectionFault(error, addressText(address), options.signal);
    }
  };

  return {
    ask,
    close: () => {
      for (const socket of open) socket.emit('error', new Error('the target was closed'));
    },
  };
}

type Sent = { readonly ip: string; readonly port: number; readonly question: Uint8Array };

/** Sends over a connected socket, so that a port nobody listens on is told as refused. */
async function exchange(socket: Socket, sent: Sent, options: DatagramOptions): Promise<DatagramAnswer> {
  const { signal, repeatMs, isAnswer = () => true } = options;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await heeding<DatagramAnswer>(signal, (resolve, reject) => {
      let sentAt = 0;
      const send = (): void => socket.send(sent.question);
      socket.on('error', reject);
      socket.on('message', (message) => {
        const receivedAt = performance.now();
        if (isAnswer(message)) resolve({ message, sentAt, receivedAt });
      });
      socket.connect(sent.port, sent.ip, () => {
        sentAt = performance.now();
        send();
        if (repeatMs !== undefined) timer = setInterval(send, repeatMs);
      });
    });
  } finally {
    clearInterval(timer);
  }
}
