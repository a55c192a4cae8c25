import { defineCollector } from '#core/plugin/collector.ts';
import { addressOfUrl, addressText } from '#core/plugin/target-options.ts';
import { rabbitmqAlerts } from './alerts.ts';
import { collectRabbitmq, startClock } from './collect.ts';
import { apiUrl, RabbitmqConfig } from './config.ts';
import { rabbitmqDashboard } from './dashboard.ts';
import { rabbitmqDiscovery } from './discovery.ts';
import { RABBITMQ_METRICS } from './metrics.ts';

export default defineCollector<RabbitmqConfig>({
  title: 'RabbitMQ',
  summary: 'Reads nodes, vhosts, exchanges and queues of a RabbitMQ cluster from its management API.',
  group: 'Caches and brokers',
  config: RabbitmqConfig,
  metrics: RABBITMQ_METRICS,
  keyFigure: { metric: 'rabbitmq_messages_total', where: { how: 'published' } },
  defaultIntervalMs: 15_000,
  automatic: [],
  target: ({ url }) => addressText(addressOfUrl(url)),
  address: ({ url }) => addressOfUrl(url),
  limits: { perHost: 1 },
  discovery: rabbitmqDiscovery,
  dashboard: rabbitmqDashboard,
  alerts: rabbitmqAlerts,
  start: (config, { http }) => {
    const startOf = startClock();
    const get = (path: string, signal: AbortSignal) => http.text(apiUrl(config, path), { ...config, signal });
    return { collect: ({ signal }) => collectRabbitmq({ config, get: (path) => get(path, signal), startOf }) };
  },
});
