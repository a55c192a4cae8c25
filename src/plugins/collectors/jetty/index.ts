import { collectJolokia } from '#core/jmx/jolokia.ts';
import { defineCollector } from '#core/plugin/collector.ts';
import { addressOfUrl } from '#core/plugin/target-options.ts';
import { jettyAlerts } from './alerts.ts';
import { JettyConfig } from './config.ts';
import { jettyDashboard } from './dashboard.ts';
import { jettyDiscovery } from './discovery.ts';
import { JETTY_METRICS } from './metrics.ts';
import { JETTY_READINGS } from './parse.ts';

export default defineCollector<JettyConfig>({
  title: 'Jetty',
  summary: 'Reads requests, threads, connections and the virtual machine of a Jetty from a Jolokia agent in it.',
  group: 'Application servers',
  config: JettyConfig,
  metrics: JETTY_METRICS,
  defaultIntervalMs: 15_000,
  automatic: [],
  target: ({ url }) => url,
  address: ({ url }) => addressOfUrl(url),
  discovery: jettyDiscovery,
  dashboard: jettyDashboard,
  alerts: jettyAlerts,
  start: (config, { http }) => ({
    collect: ({ signal }) => collectJolokia(http, config, { readings: JETTY_READINGS, signal }),
  }),
});
