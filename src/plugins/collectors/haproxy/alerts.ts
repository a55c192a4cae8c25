import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const haproxyAlerts: readonly AlertRule[] = [
  {
    name: 'HAProxy is down',
    expr: 'nocmate_collector_up{collector="haproxy"} == 0',
    for: '1m',
    severity: 'critical',
    summary: 'The page of statistics of HAProxy on {{instance}} does not answer.',
  },
  {
    name: 'A backend of HAProxy is down',
    expr: 'haproxy_status{type="backend",state="down"} == 1',
    for: '30s',
    severity: 'critical',
    summary: 'No server of the backend {{proxy}} of HAProxy on {{instance}} takes requests.',
  },
  {
    name: 'A server of HAProxy is down',
    expr: 'haproxy_status{type="server",state="down"} == 1',
    for: '1m',
    severity: 'major',
    summary: 'The server {{server}} of the backend {{proxy}} of HAProxy on {{instance}} fails its checks.',
  },
  {
    name: 'HAProxy has nearly no sessions left',
    expr: 'haproxy_sessions_count{type="frontend"} / (haproxy_sessions_limit{type="frontend"} > 0) > 0.9',
    for: '2m',
    severity: 'major',
    summary: 'The frontend {{proxy}} of HAProxy on {{instance}} uses more than 90 % of its sessions.',
  },
  {
    name: 'Requests wait in HAProxy',
    expr: 'haproxy_requests_queued{type="backend"} > 0',
    for: '5m',
    severity: 'warning',
    summary: '{{value}} requests wait for a server of the backend {{proxy}} of HAProxy on {{instance}}.',
  },
];
