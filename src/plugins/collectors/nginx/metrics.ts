import type { MetricTable } from '#core/plugin/metric.ts';

/** Every series of the nginx collector. */
export const NGINX_METRICS = {
  nginx_connections_current: {
    kind: 'gauge',
    unit: '',
    help: 'Connections by state: active is all of them; reading a request, writing an answer, waiting for the next request.',
    labels: ['state'],
  },
  nginx_connections_accepted_total: { kind: 'counter', unit: '', help: 'Connections accepted.', labels: [] },
  nginx_connections_handled_total: {
    kind: 'counter',
    unit: '',
    help: 'Connections handled; fewer than accepted when worker_connections is reached.',
    labels: [],
  },
  nginx_requests_total: { kind: 'counter', unit: '', help: 'Requests of clients.', labels: [] },
} as const satisfies MetricTable;
