import { javaAlerts } from '#core/jmx/java-alerts.ts';
import { javaDashboard } from '#core/jmx/java-dashboard.ts';
import { ownMetrics, readingsOf } from '#core/jmx/jmx-options.ts';
import { collectJolokia } from '#core/jmx/jolokia.ts';
import { defineCollector } from '#core/plugin/collector.ts';
import { addressOfUrl } from '#core/plugin/target-options.ts';
import { JolokiaConfig } from './config.ts';
import { jolokiaDiscovery } from './discovery.ts';
import { JOLOKIA_METRICS } from './metrics.ts';

export default defineCollector<JolokiaConfig>({
  title: 'Java (Jolokia)',
  summary: 'Reads MBeans of any Java application over HTTP from a Jolokia agent, by ready rules and rules of your own.',
  group: 'Application servers',
  config: JolokiaConfig,
  metrics: JOLOKIA_METRICS,
  keyFigure: { metric: 'jvm_memory_used_bytes', where: { area: 'heap' } },
  ownMetrics,
  defaultIntervalMs: 15_000,
  automatic: [],
  target: ({ url }) => url,
  address: ({ url }) => addressOfUrl(url),
  discovery: jolokiaDiscovery,
  dashboard: javaDashboard('Java (Jolokia)', 'jolokia'),
  alerts: javaAlerts('jolokia', 'The Java application'),
  start: (config, { http }) => {
    const readings = readingsOf(config);
    return { collect: ({ signal }) => collectJolokia(http, config, { readings, signal }) };
  },
});
