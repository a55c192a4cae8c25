import { LogMetricRule } from './rule.ts';

/** Lines of web servers, proxies and balancers by the fields that the ready parsers give them; sensors tell of requests, too. */
export const ACCESS_LINES =
  'http.response.status_code:* (http.request.method:* OR http.request.line:*) -network.flow_id:* -service:modsecurity';

const LABELS = [
  { name: 'service', field: 'service' },
  { name: 'host', field: 'host' },
  { name: 'status', field: 'http.response.status_code', as: 'status_class' },
] as const;

/** Rules that come with the product; each can be switched off. Paths are no labels: there is no end of them. */
export const BUILT_IN_RULES: readonly LogMetricRule[] = [
  {
    metric: 'web_access_requests',
    help: 'Requests of web access logs in each window',
    functions: ['count'],
  },
  {
    metric: 'web_access_response_bytes',
    help: 'Bytes of the bodies of responses in each window',
    field: 'http.response.body.bytes',
    functions: ['sum'],
    unit: 'bytes',
  },
  {
    metric: 'web_access_duration_seconds',
    help: 'Time that requests took, of servers that log it',
    field: 'http.server.request.duration',
    functions: ['p50', 'p90', 'p99'],
    unit: 'seconds',
  },
].map((rule) => LogMetricRule.parse({ query: ACCESS_LINES, labels: LABELS, ...rule }));
