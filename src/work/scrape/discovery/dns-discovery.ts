import { Resolver } from 'node:dns/promises';
import { messageOf } from '#core/errors.ts';
import type { Labels } from '#core/model/labels.ts';
import type { DnsDiscovery } from '../config.ts';
import type { Discovery, DiscoveryTools } from './discovery.ts';

/** Answers that say that there are no records, rather than that nobody could be asked. */
const NOTHING_THERE = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Targets from DNS (`dns_sd_configs`), asked every `refresh_interval`. A name that cannot be asked for keeps the targets
 * it had. `servers` (`ip:port`) are asked in place of the system's.
 */
export function dnsDiscovery(
  config: DnsDiscovery,
  { clock, logger, servers }: DiscoveryTools & { readonly servers?: readonly string[] },
): Discovery {
  const resolver = new Resolver();
  if (servers !== undefined) resolver.setServers(servers);
  return async (publish, signal) => {
    const kept = new Map<string, readonly Labels[]>();
    const onStop = (): void => resolver.cancel();
    signal.addEventListener('abort', onStop, { once: true });
    while (!signal.aborted) {
      for (const name of config.names) {
        const found = await lookUp(resolver, name, config).catch((error: NodeJS.ErrnoException) => {
          if (NOTHING_THERE.has(error.code ?? '')) return [];
          if (!signal.aborted) logger.warn({ name, problem: messageOf(error) }, 'a name of targets cannot be resolved');
          return kept.get(name) ?? [];
        });
        kept.set(name, found);
      }
      if (!signal.aborted) publish([...kept.values()].flat());
      await clock.sleep(config.refresh_interval, signal);
    }
    signal.removeEventListener('abort', onStop);
  };
}

async function lookUp(resolver: Resolver, name: string, { type, port = 0 }: DnsDiscovery): Promise<Labels[]> {
  const meta = { __meta_dns_name: name };
  switch (type) {
    case 'A':
      return (await resolver.resolve4(name)).map((ip) => ({ ...meta, __address__: `${ip}:${port}` }));
    case 'AAAA':
      return (await resolver.resolve6(name)).map((ip) => ({ ...meta, __address__: `[${ip}]:${port}` }));
    case 'SRV':
      return (await resolver.resolveSrv(name)).map((record) => ({
        ...meta,
        __meta_dns_srv_record_target: record.name,
        __meta_dns_srv_record_port: String(record.port),
        __address__: `${record.name}:${record.port}`,
      }));
  }
}
