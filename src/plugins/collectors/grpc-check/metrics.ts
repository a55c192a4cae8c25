import { checkMetrics, connectionMetrics } from '#core/plugin/check-series.ts';
import { gauge, type MetricTable } from '#core/plugin/metric.ts';
import { SERVING } from './health-message.ts';

const CHECK = ['check'];

/** Every series of the gRPC check. */
export const GRPC_CHECK_METRICS = {
  ...checkMetrics('grpccheck', ['http_status', 'grpc_status', 'not_serving', 'certificate_ends']),
  ...connectionMetrics('grpccheck'),
  grpccheck_request_duration_seconds: gauge('seconds', 'Time from the request to the end of its answer.', CHECK),
  grpccheck_status_code: gauge('', 'Status of gRPC: 0 is ok, 5 not found, 12 not implemented, 14 unavailable.', CHECK),
  grpccheck_serving: {
    ...gauge('', 'What the server says of the service.', CHECK),
    states: { label: 'status', values: SERVING },
  },
} as const satisfies MetricTable;
