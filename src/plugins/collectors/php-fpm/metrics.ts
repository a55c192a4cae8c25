import { counter, gauge, type MetricTable } from '#core/plugin/metric.ts';

const POOL = ['pool'];

/** Every series of the PHP-FPM collector. */
export const PHP_FPM_METRICS = {
  phpfpm_uptime_seconds_total: counter('seconds', 'Time since the start of the pool.', POOL),
  phpfpm_requests_accepted_total: counter('', 'Requests accepted.', POOL),
  phpfpm_queue: gauge('', 'Requests that wait for a process.', POOL),
  phpfpm_queue_peak: gauge('', 'Most requests that ever waited.', POOL),
  phpfpm_queue_limit: gauge('', 'Most requests that may wait.', POOL),
  phpfpm_processes: gauge('', 'Processes by state: active, idle.', [...POOL, 'state']),
  phpfpm_processes_active_peak: gauge('', 'Most processes that were ever active.', POOL),
  phpfpm_children_limit_reached_total: counter('', 'Times that pm.max_children stood in the way.', POOL),
  phpfpm_slow_requests_total: counter('', 'Requests slower than request_slowlog_timeout.', POOL),
  phpfpm_last_request_duration_seconds: gauge(
    'seconds',
    'Time of the last request of each idle process: mean and max over them.',
    [...POOL, 'of'],
  ),
  phpfpm_last_request_memory_bytes: gauge(
    'bytes',
    'Memory of the last request of each idle process: mean and max over them.',
    [...POOL, 'of'],
  ),
} as const satisfies MetricTable;
