import { defineCollector } from '#core/plugin/collector.ts';
import { addressOfUrl, addressText } from '#core/plugin/target-options.ts';
import { haproxyAlerts } from './alerts.ts';
import { csvUrl, HaproxyConfig } from './config.ts';
import { haproxyDashboard } from './dashboard.ts';
import { haproxyDiscovery } from './discovery.ts';
import { HAPROXY_METRICS } from './metrics.ts';
import { parseTable } from './parse.ts';

export default defineCollector<HaproxyConfig>({
  title: 'HAProxy',
  summary: 'Reads frontends, backends and servers of HAProxy from its page of statistics.',
  group: 'Load balancers',
  config: HaproxyConfig,
  metrics: HAPROXY_METRICS,
  keyFigure: { metric: 'haproxy_sessions_total', where: { type: 'frontend' } },
  defaultIntervalMs: 10_000,
  automatic: [],
  target: ({ url }) => addressText(addressOfUrl(url)),
  address: ({ url }) => addressOfUrl(url),
  discovery: haproxyDiscovery,
  dashboard: haproxyDashboard,
  alerts: haproxyAlerts,
  start: (config, { http }) => ({
    collect: async ({ signal }) => parseTable(await http.text(csvUrl(config), { ...config, signal })),
  }),
});
