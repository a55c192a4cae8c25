import { checkServerIdentity, type PeerCertificate, type TLSSocket } from 'node:tls';
import { endsTooSoon, tlsRefusal } from '#core/plugin/check-options.ts';
import { type FoundSoFar, runCheck } from '#core/plugin/check-run.ts';
import type { CollectContext, CollectedValue, Collection } from '#core/plugin/collector.ts';
import { type StartTlsProtocol, startTls } from '#core/plugin/start-tls.ts';
import type { ProbedConnection, TargetContext, TlsFacts } from '#core/plugin/target-context.ts';
import { addressOf, checkName, type TlsCheckConfig } from './config.ts';
import { PROTOCOLS } from './metrics.ts';

type Run = { readonly found: FoundSoFar; readonly signal: AbortSignal };
type Secured = ProbedConnection & { readonly tls: TlsFacts };

/** The check of one server; what is wrong with it is in what it gives. */
export function tlsCheck(config: TlsCheckConfig, { probe }: TargetContext) {
  const named = { prefix: 'tlscheck', check: checkName(config) };
  const address = addressOf(config);

  return async (context: CollectContext): Promise<Collection> => {
    const { signal, scheduledAt: now } = context;
    let protocol: string | undefined;
    const collection = await runCheck(named, context, async (found) => {
      const plain = await probe.open(address, { signal });
      found.timings = plain.timings;
      if (config.startTls !== 'none' && !(await begins(plain, config.startTls, { found, signal }))) return 'starttls';
      const secured = await probe.secure(plain, address, { ...config, signal });
      const { tls, timings, socket } = secured;
      socket.destroy();
      Object.assign(found, { tls, timings });
      found.values.push(...tlsValues(tls));
      protocol = tls.protocol;
      return tlsRefusal(tls, config) ?? failureOf(secured, config, now) ?? 'ok';
    });
    return withProtocol(collection, named.check, protocol);
  };

  /** Says what goes before the handshake; a connection that does not come to it is destroyed. */
  async function begins(plain: ProbedConnection, protocol: StartTlsProtocol, { found, signal }: Run): Promise<boolean> {
    const started = performance.now();
    let mayBegin = false;
    try {
      mayBegin = await startTls(protocol, probe.talk(plain, address), signal);
    } finally {
      if (!mayBegin) plain.socket.destroy();
    }
    const value = (performance.now() - started) / 1_000;
    found.values.push({ metric: 'tlscheck_starttls_duration_seconds', value });
    return mayBegin;
  }
}

/** What is wrong with a connection that is trusted. */
function failureOf({ socket, tls }: Secured, config: TlsCheckConfig, now: number): string | undefined {
  if (!config.names.every((name) => isValidFor(name, tls))) return 'names';
  // Without one that both know it is false.
  const { alpnProtocol } = socket as TLSSocket;
  if (config.alpn.length > 0 && typeof alpnProtocol !== 'string') return 'alpn';
  return endsTooSoon(tls, config, now) ? 'certificate_ends' : undefined;
}

/** True when the server's own certificate is valid for a name (RFC 9525); wildcards count. */
function isValidFor(name: string, { altNames }: TlsFacts): boolean {
  const certificate = { subject: {}, subjectaltname: altNames } as PeerCertificate;
  return checkServerIdentity(name, certificate) === undefined;
}

function tlsValues({ cipher, problem, validTo }: TlsFacts): CollectedValue[] {
  return [
    { metric: 'tlscheck_cipher', labels: { cipher }, value: 1 },
    { metric: 'tlscheck_trusted', value: Number(problem === undefined) },
    { metric: 'tlscheck_certificates', value: validTo.length },
  ];
}

function withProtocol(collection: Collection, check: string, protocol: string | undefined): Collection {
  const state = PROTOCOLS.find((name) => name === protocol);
  if (state === undefined) return collection;
  const { states = [] } = collection;
  return { ...collection, states: [...states, { metric: 'tlscheck_protocol', labels: { check }, state }] };
}
