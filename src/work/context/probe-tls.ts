import { once } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import type { ProbedConnection, ProbeOptions, TlsFacts } from '#core/plugin/target-context.ts';
import { addressText } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';
import { connectionFault } from './fault.ts';
import type { HeldSockets } from './held-sockets.ts';
import { tlsOptions } from './tls-options.ts';

/** Old protocols are spoken too: a check says which one it met. */
const ANY_TLS = { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
const MOST_CERTIFICATES = 10;

type Secured = ProbedConnection & { readonly tls: TlsFacts };

/** TLS over an open connection, measured. Throws `CollectError`; then the connection is closed. */
export async function secureMeasured(
  { socket, timings }: ProbedConnection,
  address: HostPort,
  { options, sockets }: { readonly options: ProbeOptions; readonly sockets: HeldSockets },
): Promise<Secured> {
  const secured = sockets.hold(secure(socket, address, options)).once('close', () => socket.destroy());
  // Destroyed before the TLS over it is, the socket brings Node down.
  sockets.release(socket);
  try {
    const started = performance.now();
    await sockets.happens(secured, 'secureConnect', options.signal);
    return { socket: secured, timings: { ...timings, tls: performance.now() - started }, tls: factsOf(secured) };
  } catch (error) {
    if (!secured.closed) await once(secured, 'close');
    throw connectionFault(error, addressText(address), options.signal);
  }
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
