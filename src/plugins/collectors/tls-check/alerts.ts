import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const tlsCheckAlerts: readonly AlertRule[] = [
  {
    name: 'TLS check fails',
    expr: 'tlscheck_ok == 0',
    for: '2m',
    severity: 'critical',
    summary: 'The check {{check}} of {{instance}} fails.',
  },
  {
    name: 'TLS check cannot run',
    expr: 'nocmate_collector_up{collector="tls-check"} == 0',
    for: '2m',
    severity: 'major',
    summary: 'The check {{target}} cannot run.',
  },
  {
    name: 'Certificate ends soon',
    expr: 'tlscheck_tls_cert_remaining_seconds < 1209600',
    for: '10m',
    severity: 'warning',
    summary: 'A certificate that the check {{check}} of {{instance}} meets ends in less than 14 days.',
  },
  {
    name: 'Certificate ends within days',
    expr: 'tlscheck_tls_cert_remaining_seconds < 259200',
    for: '10m',
    severity: 'critical',
    summary: 'A certificate that the check {{check}} of {{instance}} meets ends in less than 3 days.',
  },
];
