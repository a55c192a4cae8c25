import { defineCollector } from '#core/plugin/collector.ts';
import { addressOfUrl, addressText } from '#core/plugin/target-options.ts';
import { apacheAlerts } from './alerts.ts';
import { ApacheConfig, autoUrl } from './config.ts';
import { apacheDashboard } from './dashboard.ts';
import { apacheDiscovery } from './discovery.ts';
import { APACHE_METRICS } from './metrics.ts';
import { parseStatus } from './parse.ts';

export default defineCollector<ApacheConfig>({
  title: 'Apache',
  summary: 'Reads requests, traffic, workers and balancers of an Apache HTTP server from mod_status.',
  group: 'Web servers',
  config: ApacheConfig,
  metrics: APACHE_METRICS,
  defaultIntervalMs: 10_000,
  automatic: [],
  target: ({ url }) => addressText(addressOfUrl(url)),
  address: ({ url }) => addressOfUrl(url),
  discovery: apacheDiscovery,
  dashboard: apacheDashboard,
  alerts: apacheAlerts,
  start: (config, { http }) => ({
    collect: async ({ signal }) => parseStatus(await http.text(autoUrl(config), { ...config, signal })),
  }),
});
