import type { Labels } from '#core/model/labels.ts';
import { addressText } from '#core/plugin/target-options.ts';
import { type DnsTools, type FoundHost, followDns } from '#work/follow-dns.ts';
import type { DnsDiscovery } from '../config.ts';
import type { Discovery } from './discovery.ts';

/**
 * Targets from DNS (`dns_sd_configs`), asked every `refresh_interval`. A name that cannot be asked for keeps the targets
 * it had.
 */
export function dnsDiscovery(config: DnsDiscovery, tools: DnsTools): Discovery {
  const { names, type, port, refresh_interval: refreshMs } = config;
  return (publish, signal) =>
    followDns(
      { names, type, port, refreshMs },
      tools,
      (found) => publish(found.map((one) => labelsOf(one, type))),
      signal,
    );
}

function labelsOf({ name, host, port }: FoundHost, type: DnsDiscovery['type']): Labels {
  const service = { __meta_dns_srv_record_target: host, __meta_dns_srv_record_port: String(port) };
  return {
    __meta_dns_name: name,
    ...(type === 'SRV' ? service : {}),
    __address__: addressText({ host, port }),
  };
}
