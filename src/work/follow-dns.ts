import { Resolver } from 'node:dns/promises';
import { messageOf } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';

/** Which names are asked for, and how often. */
export type DnsNames = {
  readonly names: readonly string[];
  readonly type: 'A' | 'AAAA' | 'SRV';
  /** Of what is found by A and AAAA. */
  readonly port?: number | undefined;
  readonly refreshMs: number;
};

/** A host that a name has led to: an address, or for SRV a name. */
export type FoundHost = { readonly name: string; readonly host: string; readonly port: number };

export type DnsTools = {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Asked (`ip:port`) in place of the system's. */
  readonly servers?: readonly string[];
};

/** Answers that say that there are no records, rather than that nobody could be asked. */
const NOTHING_THERE = new Set(['ENOTFOUND', 'ENODATA']);

/** Publishes all hosts that the names lead to, each time they were asked, until the signal aborts. A name that cannot be asked for keeps those it had. */
export async function followDns(
  names: DnsNames,
  { clock, logger, servers }: DnsTools,
  publish: (found: readonly FoundHost[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const resolver = new Resolver();
  if (servers !== undefined) resolver.setServers(servers);
  const kept = new Map<string, readonly FoundHost[]>();
  const onStop = (): void => resolver.cancel();
  signal.addEventListener('abort', onStop, { once: true });
  while (!signal.aborted) {
    for (const name of names.names) {
      const found = await lookUp(resolver, name, names).catch((error: NodeJS.ErrnoException) => {
        if (NOTHING_THERE.has(error.code ?? '')) return [];
        if (!signal.aborted) logger.warn({ name, problem: messageOf(error) }, 'a name of targets cannot be resolved');
        return kept.get(name) ?? [];
      });
      kept.set(name, found);
    }
    if (!signal.aborted) publish([...kept.values()].flat());
    await clock.sleep(names.refreshMs, signal);
  }
  signal.removeEventListener('abort', onStop);
}

async function lookUp(resolver: Resolver, name: string, { type, port = 0 }: DnsNames): Promise<FoundHost[]> {
  switch (type) {
    case 'A':
      return (await resolver.resolve4(name)).map((host) => ({ name, host, port }));
    case 'AAAA':
      return (await resolver.resolve6(name)).map((host) => ({ name, host, port }));
    case 'SRV':
      return (await resolver.resolveSrv(name)).map((record) => ({ name, host: record.name, port: record.port }));
  }
}
