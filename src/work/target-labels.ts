import { isIP } from 'node:net';
import type { Labels } from '#core/model/labels.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import { addressText } from '#core/plugin/target-options.ts';

/** The labels of all series of a target: where it is and what it is, then what the operator says. */
export function targetLabels(
  { id, plugin, config }: { readonly id: string; readonly plugin: CollectorPlugin; readonly config: unknown },
  machine: string,
  own: Labels,
): Labels {
  const address = plugin.address?.(config);
  if (address === undefined) return { host: machine, ...own };
  const { port } = address;
  const host = isLoopback(address.host) ? machine : address.host;
  return { host, service: id, instance: port === undefined ? host : addressText({ host, port }), ...own };
}

function isLoopback(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('127.');
  return host === '::1' || host === 'localhost';
}
