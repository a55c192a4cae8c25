import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const httpCheckAlerts: readonly AlertRule[] = [
  {
    name: 'HTTP check fails',
    expr: 'httpcheck_ok == 0',
    for: '2m',
    severity: 'critical',
    summary: 'The check {{check}} of {{instance}} fails.',
  },
  {
    name: 'HTTP check cannot run',
    expr: 'nocmate_collector_up{collector="http-check"} == 0',
    for: '2m',
    severity: 'major',
    summary: 'The check {{target}} cannot run.',
  },
  {
    name: 'Certificate of an HTTP check ends soon',
    expr: 'httpcheck_tls_cert_remaining_seconds < 1209600',
    for: '10m',
    severity: 'warning',
    summary: 'A certificate that the check {{check}} of {{instance}} meets ends in less than 14 days.',
  },
];
