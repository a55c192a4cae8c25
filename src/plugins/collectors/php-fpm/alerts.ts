import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const phpFpmAlerts: readonly AlertRule[] = [
  {
    name: 'PHP-FPM is down',
    expr: 'nocmate_collector_up{collector="php-fpm"} == 0',
    for: '1m',
    severity: 'critical',
    summary: 'The pool {{target}} of PHP-FPM does not answer.',
  },
  {
    name: 'Requests wait for PHP',
    expr: 'phpfpm_queue > 0',
    for: '2m',
    severity: 'major',
    summary: '{{value}} requests wait for a process of the pool {{pool}} on {{instance}}.',
  },
  {
    name: 'A pool of PHP-FPM needs more processes',
    expr: 'increase(phpfpm_children_limit_reached_total[10m]) > 0',
    for: '1m',
    severity: 'warning',
    summary: 'The pool {{pool}} on {{instance}} has reached pm.max_children.',
  },
  {
    name: 'Requests to PHP are slow',
    expr: 'rate(phpfpm_slow_requests_total[10m]) > 0.1',
    for: '10m',
    severity: 'warning',
    summary: 'The pool {{pool}} on {{instance}} has requests slower than request_slowlog_timeout.',
  },
];
