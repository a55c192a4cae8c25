import { type Collection, defineCollector } from '#core/plugin/collector.ts';
import { addressOfUrl, addressText } from '#core/plugin/target-options.ts';
import { tomcatAlerts } from './alerts.ts';
import { queryUrl, TomcatConfig } from './config.ts';
import { tomcatDashboard } from './dashboard.ts';
import { tomcatDiscovery } from './discovery.ts';
import { TOMCAT_METRICS } from './metrics.ts';
import { parseAnswer, queries } from './parse.ts';

export default defineCollector<TomcatConfig>({
  title: 'Tomcat',
  summary:
    'Reads connectors, sessions, data sources and the virtual machine of a Tomcat from the JMX proxy of its manager.',
  group: 'Application servers',
  config: TomcatConfig,
  metrics: TOMCAT_METRICS,
  defaultIntervalMs: 15_000,
  automatic: [],
  target: ({ url }) => addressText(addressOfUrl(url)),
  address: ({ url }) => addressOfUrl(url),
  discovery: tomcatDiscovery,
  dashboard: tomcatDashboard,
  alerts: tomcatAlerts,
  start: (config, { http }) => ({
    collect: async ({ signal }): Promise<Collection> => {
      const parts: Collection[] = [];
      for (const query of queries(config.domain)) {
        parts.push(parseAnswer(await http.text(queryUrl(config, query), { ...config, signal })));
      }
      const startedAt = parts.find((part) => part.startedAt !== undefined)?.startedAt;
      return { values: parts.flatMap(({ values }) => values), ...(startedAt === undefined ? {} : { startedAt }) };
    },
  }),
});
