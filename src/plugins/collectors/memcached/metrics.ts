import { counter, gauge, type MetricTable } from '#core/plugin/metric.ts';

/** Every series of the Memcached collector. */
export const MEMCACHED_METRICS = {
  memcached_info: gauge('', 'Always 1; what runs there.', ['version']),
  memcached_uptime_seconds_total: counter('seconds', 'Time since the start.'),
  memcached_bytes: gauge('bytes', 'Bytes of the items that are kept.'),
  memcached_limit_bytes: gauge('bytes', 'Bytes that it may keep (-m).'),
  memcached_current_items: gauge('', 'Items that are kept.'),
  memcached_items_total: counter('', 'Items stored since the start.'),
  memcached_connections_current: gauge('', 'Open connections.'),
  memcached_connections_limit: gauge('', 'Most connections that it takes (-c).'),
  memcached_connections_total: counter('', 'Connections opened.'),
  memcached_connections_rejected_total: counter('', 'Connections refused because the most were open.'),
  memcached_connection_yields_total: counter('', 'Times a connection had to let others go first (-R).'),
  memcached_listen_disabled_total: counter('', 'Times it stopped accepting because the most connections were open.'),
  memcached_commands_total: counter('', 'Commands by kind.', ['command']),
  memcached_operations_total: counter('', 'Look-ups by operation, and whether the key was there.', [
    'operation',
    'type',
  ]),
  memcached_evictions_total: counter('', 'Items that were valid and had to go for others.'),
  memcached_evicted_unfetched_total: counter('', 'Those of them that were never read.'),
  memcached_expired_unfetched_total: counter('', 'Items that expired and were never read.'),
  memcached_reclaimed_total: counter('', 'Items stored in the place of an expired one.'),
  memcached_network_bytes_total: counter('bytes', 'Bytes of the network by direction.', ['direction']),
  memcached_cpu_usage_seconds_total: counter('seconds', 'Processor time by state.', ['state']),
  memcached_threads: gauge('', 'Worker threads.'),
  memcached_slab_items: gauge('', 'Items by slab class.', ['slab']),
  memcached_slab_evictions_total: counter('', 'Items evicted by slab class.', ['slab']),
  memcached_slab_out_of_memory_total: counter('', 'Items for which there was no memory, by slab class.', ['slab']),
} as const satisfies MetricTable;
