import { defineCollector } from '#core/plugin/collector.ts';
import { addressText } from '#core/plugin/target-options.ts';
import { redisAlerts } from './alerts.ts';
import { addressOf, RedisConfig } from './config.ts';
import { redisDashboard } from './dashboard.ts';
import { redisDiscovery } from './discovery.ts';
import { REDIS_METRICS } from './metrics.ts';
import { parseInfo } from './parse.ts';
import { RedisSession } from './session.ts';

export default defineCollector<RedisConfig>({
  title: 'Redis',
  summary: 'Reads INFO of a Redis or Valkey server: commands, keys, memory, clients, replication, persistence.',
  group: 'Caches and brokers',
  config: RedisConfig,
  metrics: REDIS_METRICS,
  keyFigure: { metric: 'redis_commands_processed_total' },
  defaultIntervalMs: 10_000,
  automatic: [],
  target: (config) => addressText(addressOf(config)),
  address: addressOf,
  discovery: redisDiscovery,
  dashboard: redisDashboard,
  alerts: redisAlerts,
  start: (config, context) => {
    const session = new RedisSession(config, context);
    return { collect: async ({ signal }) => parseInfo(String(await session.ask(['INFO', 'all'], signal))) };
  },
});
