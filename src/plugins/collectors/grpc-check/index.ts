import { defineCollector } from '#core/plugin/collector.ts';
import { grpcCheckAlerts } from './alerts.ts';
import { grpcCheck } from './check.ts';
import { addressOf, checkName, GrpcCheckConfig } from './config.ts';
import { grpcCheckDashboard } from './dashboard.ts';
import { GRPC_CHECK_METRICS } from './metrics.ts';

export default defineCollector<GrpcCheckConfig>({
  title: 'gRPC check',
  summary: 'Asks a gRPC server for the health of a service (grpc.health.v1), over TLS or without.',
  group: 'Checks of services',
  config: GrpcCheckConfig,
  metrics: GRPC_CHECK_METRICS,
  defaultIntervalMs: 30_000,
  automatic: [],
  isCheck: true,
  target: checkName,
  address: addressOf,
  dashboard: grpcCheckDashboard,
  alerts: grpcCheckAlerts,
  start: (config, context) => ({ collect: grpcCheck(config, context) }),
});
