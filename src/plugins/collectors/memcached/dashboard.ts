import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;

/** One Memcached server. */
export const memcachedDashboard: Dashboard = Dashboard.parse({
  title: 'Memcached',
  description: 'One Memcached server: hits, memory, evictions, connections.',
  tags: ['memcached', 'cache'],
  variables: [instanceVariable('memcached_uptime_seconds_total')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Items', '', plain('memcached_current_items')),
        stat('Memory used', 'bytes', plain('memcached_bytes')),
        stat('Connections', '', plain('memcached_connections_current')),
        stat('Evictions per second', '', rateBy('memcached_evictions_total', 'instance', '')),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Commands per second', '', [rateBy('memcached_commands_total', 'command', '{{command}}')], { min: 0 }),
        chart(
          'Look-ups per second',
          '',
          [rateBy('memcached_operations_total', 'operation, type', '{{operation}} {{type}}')],
          {
            min: 0,
          },
        ),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Memory', 'bytes', [plain('memcached_bytes', 'used'), plain('memcached_limit_bytes', 'limit')], {
          min: 0,
        }),
        chart('Items evicted or expired unread, per second', '', [
          rateBy('memcached_evictions_total', 'instance', 'evicted'),
          rateBy('memcached_expired_unfetched_total', 'instance', 'expired unread'),
        ]),
        chart('Items by slab class', '', [plain('memcached_slab_items', 'class {{slab}}')], { min: 0 }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Network', 'bytes_per_second', [rateBy('memcached_network_bytes_total', 'direction', '{{direction}}')]),
        chart('Connections over time', '', [
          plain('memcached_connections_current', 'open'),
          plain('memcached_connections_limit', 'limit'),
        ]),
        chart('Processor time', 'ratio', [rateBy('memcached_cpu_usage_seconds_total', 'state', '{{state}}')]),
      ],
    },
  ]),
});
