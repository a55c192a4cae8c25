import { connect, isIP } from 'node:net';
import type {
  ProbedConnection,
  ProbeOptions,
  ProbeTool,
  ResolvedAddress,
  SocketTalk,
} from '#core/plugin/target-context.ts';
import { addressText } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';
import type { AddressGuard } from './address-guard.ts';
import { createDatagramTool } from './datagram-tool.ts';
import { connectionFault } from './fault.ts';
import { HeldSockets } from './held-sockets.ts';
import { secureMeasured } from './probe-tls.ts';
import { addressesOf, resolveHost } from './resolve-host.ts';
import { SocketReader } from './socket-reader.ts';

const TALK_BYTES = 65_536;

/** Measured connections of one target; `close` closes those that are open. */
export function createProbeTool(guard: AddressGuard): { readonly probe: ProbeTool; readonly close: () => void } {
  const sockets = new HeldSockets();

  async function openPlain(address: HostPort, { signal }: ProbeOptions): Promise<ProbedConnection> {
    try {
      signal.throwIfAborted();
      guard.check(address.host);
      const [found, lookup] = await timed(() => addressesOf(address.host, guard, signal));
      const socket = sockets.hold(connect({ ...address, lookup: (_host, _options, give) => give(null, found) }));
      const [, connectMs] = await timed(() => sockets.happens(socket, 'connect', signal));
      return { socket, timings: { ...(isIP(address.host) === 0 ? { lookup } : {}), connect: connectMs } };
    } catch (error) {
      throw connectionFault(error, addressText(address), signal);
    }
  }

  const open: ProbeTool['open'] = async (address, options) => {
    const plain = await openPlain(address, options);
    return options.tls === true ? secureMeasured(plain, address, { options, sockets }) : plain;
  };

  const resolve = (host: string, signal: AbortSignal): Promise<ResolvedAddress> =>
    resolveHost(host, guard, signal).catch((error: unknown) => {
      throw connectionFault(error, host, signal);
    });

  const secure: ProbeTool['secure'] = (plain, address, options) => secureMeasured(plain, address, { options, sockets });
  const { ask, close: closeDatagrams } = createDatagramTool(guard);
  return {
    probe: { open, secure, talk, resolve, ask },
    close: () => {
      closeDatagrams();
      sockets.close();
    },
  };
}

function talk({ socket }: ProbedConnection, address: HostPort, maxBytes = TALK_BYTES): SocketTalk {
  const reader = new SocketReader(socket, addressText(address), maxBytes);
  return {
    write: (data) => void socket.write(data),
    readLine: (signal) => reader.readLine(signal),
    readBytes: (count, signal) => reader.readBytes(count, signal),
    readAll: (signal) => reader.readAll(signal),
  };
}

async function timed<Value>(run: () => Promise<Value>): Promise<readonly [value: Value, ms: number]> {
  const started = performance.now();
  const value = await run();
  return [value, performance.now() - started];
}
