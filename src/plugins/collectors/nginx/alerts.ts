import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const nginxAlerts: readonly AlertRule[] = [
  {
    name: 'nginx is down',
    expr: 'nocmate_collector_up{collector="nginx"} == 0',
    for: '1m',
    severity: 'critical',
    summary: 'The status page of nginx on {{instance}} does not answer.',
  },
  {
    name: 'nginx drops connections',
    expr: 'rate(nginx_connections_accepted_total[5m]) - rate(nginx_connections_handled_total[5m]) > 0',
    for: '2m',
    severity: 'major',
    summary:
      'nginx on {{instance}} drops {{value}} connections a second: worker_connections or open files are too few.',
  },
];
