import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const ntpCheckAlerts: readonly AlertRule[] = [
  {
    name: 'NTP check fails',
    expr: 'ntpcheck_ok == 0',
    for: '10m',
    severity: 'major',
    summary: 'The check {{check}} of {{instance}} fails.',
  },
  {
    name: 'NTP check cannot run',
    expr: 'nocmate_collector_up{collector="ntp-check"} == 0',
    for: '5m',
    severity: 'major',
    summary: 'The check {{target}} cannot run.',
  },
  {
    name: 'Clocks drift apart',
    expr: 'abs(ntpcheck_offset_seconds) - ntpcheck_round_trip_duration_seconds / 2 > 0.1',
    for: '15m',
    severity: 'warning',
    summary: 'The time of {{instance}} and that of this machine are at least {{value}} s apart.',
  },
];
