import { collectJolokia } from '#core/jmx/jolokia.ts';
import { defineCollector } from '#core/plugin/collector.ts';
import { addressOfUrl } from '#core/plugin/target-options.ts';
import { ehcacheAlerts } from './alerts.ts';
import { EhcacheConfig } from './config.ts';
import { ehcacheDashboard } from './dashboard.ts';
import { EHCACHE_METRICS } from './metrics.ts';
import { EHCACHE_READINGS } from './parse.ts';

export default defineCollector<EhcacheConfig>({
  title: 'Ehcache',
  summary: 'Reads hits, misses and sizes of the caches in a Java application from its Jolokia agent.',
  group: 'Caches and brokers',
  config: EhcacheConfig,
  metrics: EHCACHE_METRICS,
  defaultIntervalMs: 15_000,
  automatic: [],
  target: ({ url }) => url,
  address: ({ url }) => addressOfUrl(url),
  dashboard: ehcacheDashboard,
  alerts: ehcacheAlerts,
  start: (config, { http }) => ({
    collect: ({ signal }) => collectJolokia(http, config, { readings: EHCACHE_READINGS, signal }),
  }),
});
