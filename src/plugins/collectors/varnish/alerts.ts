import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const varnishAlerts: readonly AlertRule[] = [
  {
    name: 'Varnish is down',
    expr: 'nocmate_collector_up{collector="varnish"} == 0',
    for: '1m',
    severity: 'critical',
    summary: 'The instance {{target}} of Varnish on {{host}} does not run.',
  },
  {
    name: 'The process of Varnish that serves has died',
    expr: 'increase(varnish_child_starts_total[15m]) > 0',
    for: '1s',
    severity: 'major',
    summary: 'The child of Varnish {{instance}} on {{host}} was started anew: its cache is empty.',
  },
  {
    name: 'A backend of Varnish fails its probes',
    expr: 'varnish_backend_probe_ok == 0',
    for: '1m',
    severity: 'major',
    summary: 'The backend {{backend}} of Varnish {{instance}} on {{host}} is sick.',
  },
  {
    name: 'Varnish has too few threads',
    expr: 'increase(varnish_sessions_total{outcome="dropped"}[10m]) > 0 or increase(varnish_threads_failed_total[10m]) > 0',
    for: '1m',
    severity: 'major',
    summary: 'Varnish {{instance}} on {{host}} has dropped sessions or could not make threads.',
  },
  {
    name: 'The storage of Varnish is too small',
    expr: 'rate(varnish_objects_removed_total{reason="nuked"}[30m]) > 1',
    for: '30m',
    severity: 'warning',
    summary: 'Varnish {{instance}} on {{host}} throws {{value}} objects a second away that had not expired.',
  },
];
