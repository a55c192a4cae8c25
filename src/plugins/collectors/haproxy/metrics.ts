import { counter, gauge, type MetricTable } from '#core/plugin/metric.ts';

/** `type` is frontend, backend, listener or server; of the first two `server` is FRONTEND and BACKEND. */
const ROW = ['proxy', 'type', 'server'];

/** What a row can be. */
export const ROW_STATES = ['up', 'down', 'nolb', 'maint', 'drain', 'no_check', 'open', 'full', 'stopped'] as const;

/** Every series of the HAProxy collector. */
export const HAPROXY_METRICS = {
  haproxy_status: {
    ...gauge('', 'What a frontend, backend or server is.', ROW),
    states: { label: 'state', values: ROW_STATES },
  },
  haproxy_sessions_count: gauge('', 'Sessions open.', ROW),
  haproxy_sessions_limit: gauge('', 'Most sessions that it takes; absent without a limit.', ROW),
  haproxy_sessions_total: counter('', 'Sessions opened.', ROW),
  haproxy_input_bytes_total: counter('bytes', 'Bytes received from clients.', ROW),
  haproxy_output_bytes_total: counter('bytes', 'Bytes sent to clients.', ROW),
  haproxy_requests_total: counter('', 'Requests over HTTP.', ROW),
  haproxy_requests_queued: gauge('', 'Requests that wait for a server.', ROW),
  haproxy_requests_denied_total: counter('', 'Requests denied by a rule.', ROW),
  haproxy_requests_errors_total: counter('', 'Requests of clients that were broken or broke off.', ROW),
  haproxy_responses_total: counter('', 'Answers over HTTP by class of the status: 1xx to 5xx, other.', [
    ...ROW,
    'code',
  ]),
  haproxy_responses_denied_total: counter('', 'Answers denied by a rule.', ROW),
  haproxy_responses_errors_total: counter('', 'Answers of servers that were broken or broke off.', ROW),
  haproxy_connections_errors_total: counter('', 'Connections to servers that failed.', ROW),
  haproxy_connections_retries_total: counter('', 'Connections to servers that were tried again.', ROW),
  haproxy_redispatches_total: counter('', 'Requests that went to another server because theirs failed.', ROW),
  haproxy_selected_total: counter('', 'Times it was chosen by the balancing.', ROW),
  haproxy_servers_active: gauge('', 'Servers that take requests.', ROW),
  haproxy_servers_backup: gauge('', 'Backup servers that could take requests.', ROW),
  haproxy_weight: gauge('', 'Its weight; of a backend the sum of its servers.', ROW),
  haproxy_checks_failed_total: counter('', 'Health checks that failed.', ROW),
  haproxy_check_duration_seconds: gauge('seconds', 'How long the last health check took.', ROW),
  haproxy_downs_total: counter('', 'Times it went down.', ROW),
  haproxy_downtime_seconds_total: counter('seconds', 'Time it was down.', ROW),
  haproxy_time_average_seconds: gauge(
    'seconds',
    'Means over the last 1024 requests: in the queue, to connect, to respond, in all.',
    [...ROW, 'phase'],
  ),
} as const satisfies MetricTable;
