import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const ldapCheckAlerts: readonly AlertRule[] = [
  {
    name: 'LDAP check fails',
    expr: 'ldapcheck_ok == 0',
    for: '2m',
    severity: 'critical',
    summary: 'The check {{check}} of {{instance}} fails.',
  },
  {
    name: 'LDAP check cannot run',
    expr: 'nocmate_collector_up{collector="ldap-check"} == 0',
    for: '2m',
    severity: 'major',
    summary: 'The check {{target}} cannot run.',
  },
  {
    name: 'Certificate of a directory ends soon',
    expr: 'ldapcheck_tls_cert_remaining_seconds < 1209600',
    for: '10m',
    severity: 'warning',
    summary: 'A certificate that the check {{check}} of {{instance}} meets ends in less than 14 days.',
  },
];
