import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const tomcatAlerts: readonly AlertRule[] = [
  {
    name: 'Tomcat is down',
    expr: 'nocmate_collector_up{collector="tomcat"} == 0',
    for: '1m',
    severity: 'critical',
    summary: 'The manager of Tomcat on {{instance}} does not answer.',
  },
  {
    name: 'Tomcat has no free threads',
    expr: 'tomcat_threads{state="busy"} >= on (instance, connector) tomcat_threads{state="limit"}',
    for: '2m',
    severity: 'major',
    summary: 'All threads of the connector {{connector}} of Tomcat on {{instance}} are busy: requests wait.',
  },
  {
    name: 'The heap of Tomcat is nearly full',
    expr: 'jvm_memory_used_bytes{area="heap"} / on (instance) jvm_memory_limit_bytes{area="heap"} > 0.95',
    for: '10m',
    severity: 'major',
    summary: 'Tomcat on {{instance}} uses more than 95 % of its heap.',
  },
  {
    name: 'Tomcat collects garbage all the time',
    expr: 'sum by (instance) (rate(jvm_gc_time_seconds_total[5m])) > 0.2',
    for: '10m',
    severity: 'warning',
    summary: 'Tomcat on {{instance}} spends more than 20 % of its time on collecting garbage.',
  },
];
