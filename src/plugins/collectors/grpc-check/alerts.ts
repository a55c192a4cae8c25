import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const grpcCheckAlerts: readonly AlertRule[] = [
  {
    name: 'gRPC check fails',
    expr: 'grpccheck_ok == 0',
    for: '2m',
    severity: 'critical',
    summary: 'The check {{check}} of {{instance}} fails.',
  },
  {
    name: 'gRPC check cannot run',
    expr: 'nocmate_collector_up{collector="grpc-check"} == 0',
    for: '2m',
    severity: 'major',
    summary: 'The check {{target}} cannot run.',
  },
  {
    name: 'Certificate of a gRPC server ends soon',
    expr: 'grpccheck_tls_cert_remaining_seconds < 1209600',
    for: '10m',
    severity: 'warning',
    summary: 'A certificate that the check {{check}} of {{instance}} meets ends in less than 14 days.',
  },
];
