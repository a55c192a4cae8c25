import { counter, gauge, type MetricTable } from '#core/plugin/metric.ts';

const BACKEND = ['vcl', 'backend'];

/** Every series of the Varnish collector. */
export const VARNISH_METRICS = {
  varnish_uptime_seconds_total: counter('seconds', 'Time since the start of the process that serves (the child).'),
  varnish_child_starts_total: counter('', 'Starts of the process that serves; more than one: it has died.'),
  varnish_requests_total: counter('', 'Requests of clients.'),
  varnish_requests_bad_total: counter('', 'Requests that were no good HTTP.'),
  varnish_lookups_total: counter('', 'Looks into the cache by result: hit, miss, hit_for_pass, hit_for_miss.', [
    'result',
  ]),
  varnish_passes_total: counter('', 'Requests that went past the cache.'),
  varnish_pipes_total: counter('', 'Connections that were piped through.'),
  varnish_grace_hits_total: counter('', 'Hits on objects that had expired (grace).'),
  varnish_sessions_total: counter('', 'Connections of clients by what became of them: accepted, queued, dropped.', [
    'outcome',
  ]),
  varnish_traffic_bytes_total: counter('bytes', 'Bytes of headers and bodies exchanged with clients by direction.', [
    'direction',
  ]),
  varnish_threads: gauge('', 'Threads that serve.'),
  varnish_threads_failed_total: counter('', 'Threads that could not be made by reason: limited, failed.', ['reason']),
  varnish_queue: gauge('', 'Sessions that wait for a thread.'),
  varnish_objects: gauge('', 'Objects in the cache.'),
  varnish_objects_removed_total: counter('', 'Objects taken out by reason: expired, nuked to make room.', ['reason']),
  varnish_bans: gauge('', 'Bans that objects are held against.'),
  varnish_fetch_failed_total: counter('', 'Fetches that failed, for whatever reason.'),
  varnish_storage_used_bytes: gauge('bytes', 'Bytes in use by storage.', ['storage']),
  varnish_storage_free_bytes: gauge('bytes', 'Bytes free by storage.', ['storage']),
  varnish_storage_failures_total: counter('', 'Allocations that failed by storage.', ['storage']),
  varnish_backend_probe_ok: gauge(
    '',
    '1 when the last probe of a backend was good; absent where nothing probes it.',
    BACKEND,
  ),
  varnish_backend_requests_total: counter('', 'Requests sent to a backend.', BACKEND),
  varnish_backend_connections: gauge('', 'Connections to a backend in use.', BACKEND),
  varnish_backend_failures_total: counter('', 'Connections to a backend that failed.', BACKEND),
  varnish_backend_refusals_total: counter('', 'Fetches not tried by reason: unhealthy, busy.', [...BACKEND, 'reason']),
  varnish_backend_traffic_bytes_total: counter('bytes', 'Bytes exchanged with a backend by direction.', [
    ...BACKEND,
    'direction',
  ]),
} as const satisfies MetricTable;
