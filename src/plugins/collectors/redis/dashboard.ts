import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;

/** One Redis server. */
export const redisDashboard: Dashboard = Dashboard.parse({
  title: 'Redis',
  description: 'One Redis server: commands, keys, memory, clients, replication.',
  tags: ['redis', 'cache'],
  variables: [instanceVariable('redis_uptime_seconds_total')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Commands per second', '', rateBy('redis_commands_processed_total', 'instance', '')),
        stat('Memory used', 'bytes', plain('redis_memory_used_bytes')),
        stat('Clients', '', plain('redis_clients_connected')),
        stat('Replicas', '', plain('redis_replicas_connected')),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Calls per second by command', '', [rateBy('redis_cmd_calls_total', 'cmd', '{{cmd}}')], { min: 0 }),
        chart('Processor time by command', 'ratio', [rateBy('redis_cmd_time_seconds_total', 'cmd', '{{cmd}}')]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Memory', 'bytes', [
          plain('redis_memory_used_bytes', 'used'),
          plain('redis_memory_rss_bytes', 'resident'),
          plain('redis_memory_peak_bytes', 'peak'),
          plain('redis_maxmemory_bytes', 'limit'),
        ]),
        chart('Keys by database', '', [plain('redis_db_keys', '{{db}}')], { min: 0 }),
        chart('Hits and misses per second', '', [
          rateBy('redis_keyspace_hits_total', 'instance', 'hits'),
          rateBy('redis_keyspace_misses_total', 'instance', 'misses'),
        ]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Keys expired and evicted per second', '', [
          rateBy('redis_keys_expired_total', 'instance', 'expired'),
          rateBy('redis_keys_evicted_total', 'instance', 'evicted'),
        ]),
        chart('Network', 'bytes_per_second', [
          rateBy('redis_net_input_bytes_total', 'instance', 'received'),
          rateBy('redis_net_output_bytes_total', 'instance', 'sent'),
        ]),
        chart('Clients over time', '', [
          plain('redis_clients_connected', 'connected'),
          plain('redis_clients_blocked', 'blocked'),
        ]),
      ],
    },
  ]),
});
