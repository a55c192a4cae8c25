import { lookup as systemLookup } from 'node:dns';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import type { ProbedConnection, ProbeOptions, ProbeTool, TlsFacts } from '#core/plugin/target-context.ts';
import { addressText } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';
import type { AddressGuard } from './address-guard.ts';
import { connectionFault } from './fault.ts';
import { tlsOptions } from './tls-options.ts';

/** Old protocols are spoken too: a check says which one it met. */
const ANY_TLS = { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
const MOST_CERTIFICATES = 10;

type Found = Parameters<LookupFunction>[2] extends (error: never, addresses: infer A, ...rest: never[]) => void
  ? Exclude<A, string>
  : never;

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
      if (options.tls !== true) return { socket, timings };
      const secured = hold(secure(socket, address, options)).once('close', () => socket.destroy());
      const [, tls] = await timed(() => happens(secured, 'secureConnect', signal));
      return { socket: secured, timings: { ...timings, tls }, tls: factsOf(secured) };
    } catch (error) {
      throw connectionFault(error, name, signal);
    }
  }

  return {
    probe: { open: openMeasured },
    close: () => {
      for (const socket of open) socket.destroy();
    },
  };
}

async function timed<Value>(run: () => Promise<Value>): Promise<readonly [value: Value, ms: number]> {
  const started = performance.now();
  const value = await run();
  return [value, performance.now() - started];
}

function addressesOf(host: string, guard: AddressGuard, signal: AbortSignal): Promise<Found> {
  const lookup = guard.lookup ?? (systemLookup as LookupFunction);
  return heeding(signal, (resolve, reject) => {
    lookup(host, { all: true }, (error, addresses) => {
      if (error !== null) reject(error);
      else resolve(addresses as Found);
    });
  });
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

/** A promise that is rejected when the signal aborts. */
function heeding<Value>(
  signal: AbortSignal,
  begin: (resolve: (value: Value) => void, reject: (error: unknown) => void) => void,
): Promise<Value> {
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  const giveUp = (): void => reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  begin(resolve, reject);
  return promise.finally(() => signal.removeEventListener('abort', giveUp));
}
