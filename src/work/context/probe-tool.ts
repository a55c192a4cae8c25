import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import type {
  ProbedConnection,
  ProbeOptions,
  ProbeTool,
  ResolvedAddress,
  SocketTalk,
  TlsFacts,
} from '#core/plugin/target-context.ts';
import { addressText } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';
import type { AddressGuard } from './address-guard.ts';
import { createDatagramTool } from './datagram-tool.ts';
import { connectionFault } from './fault.ts';
import { heeding } from './heeding.ts';
import { addressesOf, resolveHost } from './resolve-host.ts';
import { SocketReader } from './socket-reader.ts';
import { tlsOptions } from './tls-options.ts';

/** Old protocols are spoken too: a check says which one it met. */
const ANY_TLS = { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
const MOST_CERTIFICATES = 10;
const TALK_BYTES = 65_536;

/** Measured connections of one target; `close` closes those that are open. */
export function createProbeTool(guard: AddressGuard): { readonly probe: ProbeTool; readonly close: () => void } {
  const open = new Set<Socket>();
  const hold = <Kind extends Socket>(socket: Kind): Kind => {
    open.add(socket);
    // Whoever has the socket hears of errors by other ways too; without a listener they would end the process.
    socket.on('error', () => undefined).once('close', () => open.delete(socket));
    return socket;
  };

  async function openMeasured(address: HostPort, options: ProbeOptions): Promise<ProbedConnection> {
    const { signal } = options;
    const name = addressText(address);
    try {
      signal.throwIfAborted();
      guard.check(address.host);
      const [found, lookup] = await timed(() => addressesOf(address.host, guard, signal));
      const socket = hold(connect({ ...address, lookup: (_host, _options, give) => give(null, found) }));
      const [, connectMs] = await timed(() => happens(socket, 'connect', signal));
      const timings = { ...(isIP(address.host) === 0 ? { lookup } : {}), connect: connectMs };
      return options.tls === true ? await secureMeasured({ socket, timings }, address, options) : { socket, timings };
    } catch (error) {
      throw connectionFault(error, name, signal);
    }
  }

  const secureMeasured: ProbeTool['secure'] = async ({ socket, timings }, address, options) => {
    const secured = hold(secure(socket, address, options)).once('close', () => socket.destroy());
    // Destroyed before the TLS over it is, the socket brings Node down.
    open.delete(socket);
    try {
      const [, tls] = await timed(() => happens(secured, 'secureConnect', options.signal));
      return { socket: secured, timings: { ...timings, tls }, tls: factsOf(secured) };
    } catch (error) {
      if (!secured.closed) await once(secured, 'close');
      throw connectionFault(error, addressText(address), options.signal);
    }
  };

  const resolve = (host: string, signal: AbortSignal): Promise<ResolvedAddress> =>
    resolveHost(host, guard, signal).catch((error: unknown) => {
      throw connectionFault(error, host, signal);
    });

  const { ask, close: closeDatagrams } = createDatagramTool(guard);
  return {
    probe: { open: openMeasured, secure: secureMeasured, talk, resolve, ask },
    close: () => {
      closeDatagrams();
      for (const socket of open) socket.destroy();
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

function secure(socket: Socket, { host }: HostPort, options: ProbeOptions): TLSSocket {
  const { alpn } = options;
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const protocols = alpn === undefined ? {} : { ALPNProtocols: [...alpn] };
  // The handshake is finished in any case; `problem` tells whether it is to be trusted.
  const told = { rejectUnauthorized: false };
  return connectTls({ socket, host, ...servername, ...protocols, ...ANY_TLS, ...tlsOptions(options), ...told });
}

function factsOf(socket: TLSSocket): TlsFacts {
  // Declared as an error, it is the code of one.
  const problem: unknown = socket.authorizationError;
  const validTo: number[] = [];
  const { subjectaltname: altNames = '' } = socket.getPeerCertificate();
  let certificate: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (certificate?.valid_to !== undefined && validTo.length < MOST_CERTIFICATES) {
    validTo.push(Date.parse(certificate.valid_to));
    const issuer: DetailedPeerCertificate | undefined = certificate.issuerCertificate;
    certificate = issuer === certificate ? undefined : issuer;
  }
  const isTrusted = socket.authorized || problem === null || problem === undefined;
  return {
    protocol: socket.getProtocol() ?? '',
    problem: isTrusted ? undefined : String((problem as NodeJS.ErrnoException).code ?? problem),
    validTo,
    cipher: socket.getCipher().standardName,
    altNames,
  };
}

/** Resolves with the event; a socket that fails, ends or is given up before is destroyed. */
function happens(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<void> {
  const done = heeding<void>(signal, (resolve, reject) => {
    socket.once(event, () => resolve()).once('error', reject);
    socket.once('close', () => reject(new Error('the connection was closed')));
  });
  return done.catch((error: unknown) => {
    socket.destroy();
    throw error;
  });
}
