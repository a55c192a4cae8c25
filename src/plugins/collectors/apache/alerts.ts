import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const apacheAlerts: readonly AlertRule[] = [
  {
    name: 'Apache is down',
    expr: 'nocmate_collector_up{collector="apache"} == 0',
    for: '1m',
    severity: 'critical',
    summary: 'The status page of Apache on {{instance}} does not answer.',
  },
  {
    name: 'Apache has no free workers',
    expr: 'sum by (instance) (apache_scoreboard{state=~"waiting|open"}) == 0',
    for: '2m',
    severity: 'major',
    summary: 'All workers of Apache on {{instance}} are busy: requests wait for MaxRequestWorkers.',
  },
  {
    name: 'A member of a balancer of Apache is in error',
    expr: 'apache_balancer_member{state="error"} == 1',
    for: '1m',
    severity: 'major',
    summary: 'The balancer {{balancer}} of Apache on {{instance}} does not reach {{member}}.',
  },
];
