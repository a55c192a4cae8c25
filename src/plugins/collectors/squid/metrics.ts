import { counter, gauge, type MetricTable } from '#core/plugin/metric.ts';

/** Every series of the Squid collector. */
export const SQUID_METRICS = {
  squid_info: gauge('', 'Always 1; what runs there.', ['version']),
  squid_uptime_seconds_total: counter('seconds', 'Time since the start.'),
  squid_clients: gauge('', 'Clients seen lately.'),
  squid_client_requests_total: counter('', 'Requests of clients.'),
  squid_client_hits_total: counter('', 'Requests answered from the cache.'),
  squid_client_errors_total: counter('', 'Requests of clients that ended with an error.'),
  squid_client_aborted_total: counter('', 'Requests that clients gave up.'),
  squid_client_traffic_bytes_total: counter('bytes', 'Bytes exchanged with clients, in steps of 1 KiB.', ['direction']),
  squid_client_hit_bytes_total: counter('bytes', 'Bytes sent from the cache, in steps of 1 KiB.'),
  squid_server_requests_total: counter('', 'Requests to servers by protocol: http, ftp, other.', ['protocol']),
  squid_server_errors_total: counter('', 'Requests to servers that failed.', ['protocol']),
  squid_server_traffic_bytes_total: counter('bytes', 'Bytes exchanged with servers, in steps of 1 KiB.', [
    'protocol',
    'direction',
  ]),
  squid_service_time_median_seconds: gauge(
    'seconds',
    'Median time of the last 5 minutes: all, miss, hit, near_hit, not_modified, dns.',
    ['kind'],
  ),
  squid_storage_bytes: gauge('bytes', 'Size of what is kept by place: memory, disk.', ['place']),
  squid_storage_used_ratio: gauge('ratio', 'Share of the room that is used by place.', ['place']),
  squid_objects: gauge('', 'Objects that are kept by place: memory, disk.', ['place']),
  squid_swaps_total: counter('', 'Objects written to disk (out) and read from there (in).', ['direction']),
  squid_cpu_time_seconds_total: counter('seconds', 'Processor time.'),
  squid_page_faults_total: counter('', 'Page faults that needed the disk.'),
  squid_memory_peak_bytes: gauge('bytes', 'Most memory that it ever had.'),
  squid_files_open: gauge('', 'Open file descriptors.'),
  squid_files_limit: gauge('', 'Most file descriptors it may open.'),
} as const satisfies MetricTable;
