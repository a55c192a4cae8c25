import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const ehcacheAlerts: readonly AlertRule[] = [
  {
    name: 'Caches of an application cannot be read',
    expr: 'nocmate_collector_up{collector="ehcache"} == 0',
    for: '2m',
    severity: 'major',
    summary: 'The Jolokia agent of the application on {{instance}} does not answer.',
  },
  {
    name: 'A cache finds little',
    expr: 'rate(ehcache_hits_total[15m]) / (rate(ehcache_hits_total[15m]) + rate(ehcache_misses_total[15m])) < 0.5',
    for: '30m',
    severity: 'warning',
    summary: 'The cache {{cache}} of {{instance}} answers less than half of what it is asked.',
  },
];
