import { defineCollector } from '#core/plugin/collector.ts';
import { KeptConnection } from '#core/plugin/kept-connection.ts';
import type { TcpConnection } from '#core/plugin/target-context.ts';
import { addressText } from '#core/plugin/target-options.ts';
import { memcachedAlerts } from './alerts.ts';
import { addressOf, MemcachedConfig } from './config.ts';
import { memcachedDashboard } from './dashboard.ts';
import { memcachedDiscovery } from './discovery.ts';
import { MEMCACHED_METRICS } from './metrics.ts';
import { parseItems, parseStats } from './parse.ts';

export default defineCollector<MemcachedConfig>({
  title: 'Memcached',
  summary: 'Reads the statistics of a Memcached server: hits, items, memory, evictions, connections.',
  group: 'Caches and brokers',
  config: MemcachedConfig,
  metrics: MEMCACHED_METRICS,
  keyFigure: { metric: 'memcached_commands_total' },
  defaultIntervalMs: 10_000,
  automatic: [],
  target: (config) => addressText(addressOf(config)),
  address: addressOf,
  discovery: memcachedDiscovery,
  dashboard: memcachedDashboard,
  alerts: memcachedAlerts,
  start: (config, { tcp }) => {
    const connection = new KeptConnection((signal) => tcp.connect(addressOf(config), { signal }));
    return {
      collect: async ({ signal }) => {
        const ask = (command: string): Promise<string> =>
          connection.ask((open) => exchange(open, command, signal), signal);
        const collection = parseStats(await ask('stats'));
        return { ...collection, values: [...collection.values, ...parseItems(await ask('stats items'))] };
      },
    };
  },
});

/** The lines up to the one that ends an answer. */
async function exchange(connection: TcpConnection, command: string, signal: AbortSignal): Promise<string> {
  connection.write(`${command}\r\n`);
  const lines: string[] = [];
  for (;;) {
    const line = await connection.readLine(signal);
    lines.push(line);
    if (!line.startsWith('STAT ')) return lines.join('\n');
  }
}
