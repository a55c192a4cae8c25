import type { MetricDefinition, MetricTable } from '#core/plugin/metric.ts';

function counter(unit: string, help: string, labels: readonly string[] = []): MetricDefinition {
  return { kind: 'counter', unit, help, labels };
}

function gauge(unit: string, help: string, labels: readonly string[] = []): MetricDefinition {
  return { kind: 'gauge', unit, help, labels };
}

/** Every series of the Redis collector. */
export const REDIS_METRICS = {
  redis_info: gauge('', 'Always 1; what runs there.', ['redis_version', 'redis_mode', 'os']),
  redis_uptime_seconds_total: counter('seconds', 'Time since the start.'),
  redis_clients_connected: gauge('', 'Clients connected, replicas not among them.'),
  redis_clients_blocked: gauge('', 'Clients that wait in a blocking command.'),
  redis_clients_limit: gauge('', 'Most clients that it takes (maxclients).'),
  redis_clients_max_input_buffer_bytes: gauge('bytes', 'Largest input buffer of a client.'),
  redis_clients_max_output_buffer_bytes: gauge('bytes', 'Largest output buffer of a client.'),
  redis_connections_received_total: counter('', 'Connections accepted.'),
  redis_connections_rejected_total: counter('', 'Connections refused because of maxclients.'),
  redis_memory_used_bytes: gauge('bytes', 'Memory allocated.'),
  redis_memory_peak_bytes: gauge('bytes', 'Most memory that was allocated.'),
  redis_memory_rss_bytes: gauge('bytes', 'Resident memory as the system sees it.'),
  redis_memory_lua_bytes: gauge('bytes', 'Memory of the Lua engine.'),
  redis_memory_fragmentation_ratio: gauge('ratio', 'Resident memory by allocated memory.'),
  redis_maxmemory_bytes: gauge('bytes', 'Memory that it may use; 0 is no limit.'),
  redis_commands_processed_total: counter('', 'Commands processed.'),
  redis_keyspace_hits_total: counter('', 'Look-ups that found their key.'),
  redis_keyspace_misses_total: counter('', 'Look-ups that did not.'),
  redis_keys_expired_total: counter('', 'Keys that expired.'),
  redis_keys_evicted_total: counter('', 'Keys removed because of maxmemory.'),
  redis_net_input_bytes_total: counter('bytes', 'Bytes read from the network.'),
  redis_net_output_bytes_total: counter('bytes', 'Bytes written to the network.'),
  redis_errors_total: counter('', 'Error replies.'),
  redis_role: {
    ...gauge('', 'Its role in the replication.'),
    states: { label: 'role', values: ['master', 'slave', 'sentinel'] },
  },
  redis_replicas_connected: gauge('', 'Replicas connected.'),
  redis_replication_link: {
    ...gauge('', 'The link of a replica to its master.'),
    states: { label: 'link', values: ['up', 'down'] },
  },
  redis_replication_offset_bytes: gauge('bytes', 'Offset in the replication stream.'),
  redis_replication_backlog_first_byte_offset_bytes: gauge('bytes', 'Offset of the first byte of the backlog.'),
  redis_replication_last_io_seconds: gauge('seconds', 'Time since the master was last heard of, on a replica.'),
  redis_rdb_changes_since_last_save: gauge('', 'Changes since the last dump.'),
  redis_rdb_last_save_timestamp_seconds: gauge('seconds', 'When the last dump was written, since the Unix epoch.'),
  redis_persistence: {
    ...gauge('', 'Whether the last dump or append worked.', ['kind']),
    states: { label: 'result', values: ['ok', 'err'] },
  },
  redis_latest_fork_seconds: gauge('seconds', 'How long the last fork took.'),
  redis_cpu_time_seconds_total: counter('seconds', 'Processor time.', ['state']),
  redis_cluster_enabled: gauge('', '1 when it is a node of a cluster.'),
  redis_db_keys: gauge('', 'Keys in a database.', ['db']),
  redis_db_expires: gauge('', 'Keys in a database that will expire.', ['db']),
  redis_db_avg_ttl_seconds: gauge('seconds', 'Mean time to live of keys that expire; absent while unknown.', ['db']),
  redis_cmd_calls_total: counter('', 'Calls of a command.', ['cmd']),
  redis_cmd_time_seconds_total: counter('seconds', 'Processor time of a command.', ['cmd']),
  redis_cmd_failed_total: counter('', 'Calls of a command that failed or were refused.', ['cmd']),
} as const satisfies MetricTable;
