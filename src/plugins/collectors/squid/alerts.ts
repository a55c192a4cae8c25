import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const squidAlerts: readonly AlertRule[] = [
  {
    name: 'Squid is down',
    expr: 'nocmate_collector_up{collector="squid"} == 0',
    for: '1m',
    severity: 'critical',
    summary: 'The cache manager of Squid on {{instance}} does not answer.',
  },
  {
    name: 'Squid runs out of file descriptors',
    expr: 'squid_files_open / squid_files_limit > 0.9',
    for: '5m',
    severity: 'major',
    summary: 'Squid on {{instance}} has opened more than 90 % of the files that it may.',
  },
  {
    name: 'Servers behind Squid fail',
    expr: 'sum by (instance) (rate(squid_server_errors_total[5m])) / sum by (instance) (rate(squid_server_requests_total[5m])) > 0.1',
    for: '5m',
    severity: 'major',
    summary: 'More than 10 % of the requests of Squid on {{instance}} to servers fail.',
  },
];
