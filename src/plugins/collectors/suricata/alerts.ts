import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const suricataAlerts: readonly AlertRule[] = [
  {
    name: 'The records of Suricata cannot be read',
    expr: 'nocmate_collector_up{collector="suricata"} == 0',
    for: '5m',
    severity: 'major',
    summary: 'The file of EVE records on {{host}} cannot be read.',
  },
  {
    name: 'Suricata says nothing',
    expr: 'nocmate_collector_up{collector="suricata"} == 1 unless on (host) suricata_uptime_seconds',
    for: '5m',
    severity: 'critical',
    summary: 'Suricata on {{host}} writes no statistics: it has stopped, or they are switched off.',
  },
  {
    name: 'A grave alert of Suricata',
    expr: 'sum by (host, signature_id, signature) (increase(suricata_alerts_total{severity="1"}[5m])) > 0',
    for: '1s',
    severity: 'major',
    summary: 'Suricata on {{host}} raised {{signature}} ({{signature_id}}); the events tell source and target.',
  },
  {
    name: 'Suricata loses packets',
    expr: 'rate(suricata_capture_kernel_drops_total[5m]) / rate(suricata_capture_kernel_packets_total[5m]) > 0.01',
    for: '5m',
    severity: 'warning',
    summary: 'Suricata on {{host}} is too slow: more than 1 % of the packets are not inspected.',
  },
  {
    name: 'Rules of Suricata were not loaded',
    expr: 'suricata_rules_failed > 0',
    for: '5m',
    severity: 'warning',
    summary: 'Suricata on {{host}} could not load {{value}} rules.',
  },
];
