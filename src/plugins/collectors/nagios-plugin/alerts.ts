import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const nagiosPluginAlerts: readonly AlertRule[] = [
  {
    name: 'Nagios plugin: critical',
    expr: 'nagioscheck_result{result="critical"} == 1',
    for: '2m',
    severity: 'critical',
    summary: '{{check}} of {{host}} is critical.',
  },
  {
    name: 'Nagios plugin: warning',
    expr: 'nagioscheck_result{result="warning"} == 1',
    for: '5m',
    severity: 'warning',
    summary: '{{check}} of {{host}} is in the state warning.',
  },
  {
    name: 'Nagios plugin: not ok for long',
    expr: 'nagioscheck_ok == 0',
    for: '15m',
    severity: 'major',
    summary: '{{check}} of {{host}} has not been ok for 15 minutes.',
  },
  {
    name: 'Nagios plugin cannot run',
    expr: 'nocmate_collector_up{collector="nagios-plugin"} == 0',
    for: '2m',
    severity: 'major',
    summary: 'The plugin of {{target}} cannot run.',
  },
];
