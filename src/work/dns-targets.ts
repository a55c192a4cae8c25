import { AppError, messageOf } from '#core/errors.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import { optionsSchema } from '#core/plugin/option-schema.ts';
import { addressText } from '#core/plugin/target-options.ts';
import { type PlannedCollector, planTarget } from './config.ts';
import type { DnsTargets } from './dns-section.ts';
import { type DnsTools, type FoundHost, followDns } from './follow-dns.ts';

export type DnsTargetsOptions = DnsTools & {
  readonly sections: readonly DnsTargets[];
  readonly plugins: ReadonlyMap<string, CollectorPlugin>;
  readonly publish: (planned: readonly PlannedCollector[]) => void;
};

/** Where a collector that is told nothing else has its target. */
const PLACES = { address: '{address}', host: '{host}' } as const;
const SAMPLE: FoundHost = { name: 'sample', host: 'sample', port: 1 };

/**
 * Targets from DNS, until the signal aborts. What a name cannot be asked for stays. Throws `bad_request` at once for a
 * section whose options the collector refuses.
 */
export async function followDnsTargets(options: DnsTargetsOptions, signal: AbortSignal): Promise<void> {
  const { sections, plugins, publish, logger } = options;
  const found = sections.map((): readonly PlannedCollector[] => []);
  for (const [index, section] of sections.entries()) planHost(plugins, section, `targets.dns[${index}]`, SAMPLE);
  const follow = (section: DnsTargets, index: number): Promise<void> => {
    const { names, type, port, refresh: refreshMs } = section;
    const take = (hosts: readonly FoundHost[]): void => {
      found[index] = hosts.flatMap((host) => {
        try {
          return planHost(plugins, section, `targets.dns[${index}]`, host) ?? [];
        } catch (error) {
          logger.warn({ host: host.host, problem: messageOf(error) }, 'what DNS leads to is no target');
          return [];
        }
      });
      publish(found.flat());
    };
    return followDns({ names, type, port, refreshMs }, options, take, signal);
  };
  await Promise.all(sections.map(follow));
}

function planHost(
  plugins: DnsTargetsOptions['plugins'],
  { collector, options }: DnsTargets,
  place: string,
  host: FoundHost,
): PlannedCollector | undefined {
  const plugin = plugins.get(collector);
  const entry = plugin === undefined ? options : filled(options, plugin, place, host);
  return planTarget(plugins, { collector, entry, place, origin: 'dns' });
}

/** The options with what was found in them; where nothing names it, it is the option that says where the target is. */
function filled(options: DnsTargets['options'], plugin: CollectorPlugin, place: string, { host, port }: FoundHost) {
  const values: Readonly<Record<string, string>> = { host, port: String(port), address: addressText({ host, port }) };
  const replaced = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return value.replaceAll(/\{(host|port|address)\}/g, (_, name: string) => values[name] ?? '');
    }
    return Array.isArray(value) ? value.map(replaced) : value;
  };
  const entries = Object.entries(options).map(([name, value]) => [name, replaced(value)] as const);
  const known = Object.fromEntries(entries);
  if (entries.some(([name, value]) => value !== options[name] && !Array.isArray(value))) return known;
  const { properties } = optionsSchema(plugin.config);
  const option = (Object.keys(PLACES) as (keyof typeof PLACES)[]).find((name) => name in properties);
  if (option === undefined) {
    throw new AppError('bad_request', `${place}.options: write where the target is, like url: http://{address}/status`);
  }
  return { [option]: replaced(PLACES[option]), ...known };
}
