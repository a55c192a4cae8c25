import { defineCollector } from '#core/plugin/collector.ts';
import { addressOfUrl, addressText } from '#core/plugin/target-options.ts';
import { nginxAlerts } from './alerts.ts';
import { NginxConfig } from './config.ts';
import { nginxDashboard } from './dashboard.ts';
import { nginxDiscovery } from './discovery.ts';
import { NGINX_METRICS } from './metrics.ts';
import { parseStubStatus } from './parse.ts';

export default defineCollector<NginxConfig>({
  title: 'nginx',
  summary: 'Reads connections and requests of an nginx server from its stub_status page.',
  group: 'Web servers',
  config: NginxConfig,
  metrics: NGINX_METRICS,
  keyFigure: { metric: 'nginx_requests_total' },
  defaultIntervalMs: 10_000,
  automatic: [],
  target: ({ url }) => addressText(addressOfUrl(url)),
  address: ({ url }) => addressOfUrl(url),
  discovery: nginxDiscovery,
  dashboard: nginxDashboard,
  alerts: nginxAlerts,
  start: (config, { http }) => ({
    collect: async ({ signal }) => ({ values: parseStubStatus(await http.text(config.url, { ...config, signal })) }),
  }),
});
