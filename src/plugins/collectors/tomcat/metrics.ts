import { counter, gauge, type MetricTable } from '#core/plugin/metric.ts';

const CONTEXT = ['virtual_host', 'context'];

/** Every series of the Tomcat collector. */
export const TOMCAT_METRICS = {
  tomcat_requests_total: counter('', 'Requests by connector.', ['connector']),
  tomcat_errors_total: counter('', 'Requests that ended with an error.', ['connector']),
  tomcat_request_time_seconds_total: counter('seconds', 'Time that requests took, added up.', ['connector']),
  tomcat_request_time_max_seconds: gauge('seconds', 'The longest request since the start.', ['connector']),
  tomcat_network_bytes_total: counter('bytes', 'Bytes of bodies by direction.', ['connector', 'direction']),
  tomcat_threads: gauge('', 'Threads of a connector: all, busy, and the most there may be (limit).', [
    'connector',
    'state',
  ]),
  tomcat_connections: gauge('', 'Connections of a connector: open, kept alive, and the most there may be (limit).', [
    'connector',
    'state',
  ]),
  tomcat_sessions_active: gauge('', 'Sessions that are open.', CONTEXT),
  tomcat_sessions_limit: gauge('', 'Most sessions that it takes; absent without a limit.', CONTEXT),
  tomcat_sessions_created_total: counter('', 'Sessions opened.', CONTEXT),
  tomcat_sessions_expired_total: counter('', 'Sessions that expired.', CONTEXT),
  tomcat_sessions_rejected_total: counter('', 'Sessions refused because the most were open.', CONTEXT),
  tomcat_datasource_connections: gauge(
    '',
    'Connections of a data source: active, idle, and the most there may be (limit).',
    ['datasource', 'state'],
  ),
  jvm_uptime_seconds_total: counter('seconds', 'Time since the start of the virtual machine.'),
  jvm_memory_used_bytes: gauge('bytes', 'Memory in use by area: heap or non_heap.', ['area']),
  jvm_memory_committed_bytes: gauge('bytes', 'Memory taken from the system by area.', ['area']),
  jvm_memory_limit_bytes: gauge('bytes', 'Memory it may take by area; absent without a limit.', ['area']),
  jvm_memory_pool_used_bytes: gauge('bytes', 'Memory in use by pool.', ['pool']),
  jvm_memory_pool_limit_bytes: gauge('bytes', 'Memory a pool may take; absent without a limit.', ['pool']),
  jvm_gc_collections_total: counter('', 'Collections of garbage by collector.', ['gc']),
  jvm_gc_time_seconds_total: counter('seconds', 'Time of collections by collector.', ['gc']),
  jvm_threads: gauge('', 'Threads by kind: all, daemon.', ['kind']),
  jvm_classes_loaded: gauge('', 'Classes that are loaded.'),
  jvm_cpu_time_seconds_total: counter('seconds', 'Processor time.'),
  jvm_files_open: gauge('', 'Open file descriptors.'),
  jvm_files_limit: gauge('', 'Most file descriptors it may open.'),
} as const satisfies MetricTable;
