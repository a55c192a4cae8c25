import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const dnsCheckAlerts: readonly AlertRule[] = [
  {
    name: 'DNS check fails',
    expr: 'dnscheck_ok == 0',
    for: '2m',
    severity: 'critical',
    summary: 'The check {{check}} of {{instance}} fails.',
  },
  {
    name: 'DNS check cannot run',
    expr: 'nocmate_collector_up{collector="dns-check"} == 0',
    for: '2m',
    severity: 'major',
    summary: 'The check {{target}} cannot run.',
  },
  {
    name: 'DNS server answers slowly',
    expr: 'dnscheck_query_duration_seconds > 0.5',
    for: '10m',
    severity: 'warning',
    summary: '{{instance}} takes {{value}} s to answer {{check}}.',
  },
];
