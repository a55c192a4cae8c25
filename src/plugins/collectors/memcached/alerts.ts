import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const memcachedAlerts: readonly AlertRule[] = [
  {
    name: 'Memcached is down',
    expr: 'nocmate_collector_up{collector="memcached"} == 0',
    for: '1m',
    severity: 'critical',
    summary: 'Memcached on {{instance}} does not answer.',
  },
  {
    name: 'Memcached evicts items that were never read',
    expr: 'rate(memcached_evicted_unfetched_total[10m]) > 1',
    for: '15m',
    severity: 'warning',
    summary: 'Memcached on {{instance}} throws away {{value}} items a second before they are read: it is too small.',
  },
  {
    name: 'Memcached has no free connections',
    expr: 'rate(memcached_listen_disabled_total[5m]) > 0',
    for: '1m',
    severity: 'major',
    summary: 'Memcached on {{instance}} stops accepting clients: the most connections are open.',
  },
];
