import { type Collection, defineCollector } from '#core/plugin/collector.ts';
import { addressOfUrl, addressText } from '#core/plugin/target-options.ts';
import { squidAlerts } from './alerts.ts';
import { reportUrl, SquidConfig } from './config.ts';
import { squidDashboard } from './dashboard.ts';
import { squidDiscovery } from './discovery.ts';
import { SQUID_METRICS } from './metrics.ts';
import { parseCounters, parseInfo } from './parse.ts';

export default defineCollector<SquidConfig>({
  title: 'Squid',
  summary: 'Reads requests, hits, storage and times of a Squid proxy from its cache manager.',
  group: 'Caches and brokers',
  config: SquidConfig,
  metrics: SQUID_METRICS,
  defaultIntervalMs: 15_000,
  automatic: [],
  target: ({ url }) => addressText(addressOfUrl(url)),
  address: ({ url }) => addressOfUrl(url),
  discovery: squidDiscovery,
  dashboard: squidDashboard,
  alerts: squidAlerts,
  start: (config, { http }) => ({
    collect: async ({ signal }): Promise<Collection> => {
      const counters = parseCounters(await http.text(reportUrl(config, 'counters'), { ...config, signal }));
      const info = parseInfo(await http.text(reportUrl(config, 'info'), { ...config, signal }));
      return { ...info, values: [...counters.values, ...info.values] };
    },
  }),
});
