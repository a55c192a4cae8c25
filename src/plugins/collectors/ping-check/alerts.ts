import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const pingCheckAlerts: readonly AlertRule[] = [
  {
    name: 'Host does not answer pings',
    expr: 'pingcheck_ok == 0',
    for: '2m',
    severity: 'critical',
    summary: 'The check {{check}} of {{instance}} fails.',
  },
  {
    name: 'Ping cannot run',
    expr: 'nocmate_collector_up{collector="ping-check"} == 0',
    for: '2m',
    severity: 'major',
    summary: 'The check {{target}} cannot run.',
  },
  {
    name: 'Pings are lost',
    expr: 'pingcheck_loss_ratio > 0.1',
    for: '10m',
    severity: 'warning',
    summary: '{{value}} of the pings to {{instance}} are lost.',
  },
];
