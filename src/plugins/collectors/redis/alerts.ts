import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const redisAlerts: readonly AlertRule[] = [
  {
    name: 'Redis is down',
    expr: 'nocmate_collector_up{collector="redis"} == 0',
    for: '1m',
    severity: 'critical',
    summary: 'Redis on {{instance}} does not answer.',
  },
  {
    name: 'Redis memory is nearly full',
    expr: 'redis_memory_used_bytes / (redis_maxmemory_bytes > 0) > 0.9',
    for: '5m',
    severity: 'major',
    summary: 'Redis on {{instance}} uses more than 90 % of maxmemory.',
  },
  {
    name: 'Redis rejects connections',
    expr: 'rate(redis_connections_rejected_total[5m]) > 0',
    for: '1m',
    severity: 'major',
    summary: 'Redis on {{instance}} refuses clients: maxclients is reached.',
  },
  {
    name: 'Redis replica has lost its master',
    expr: 'redis_replication_link{link="down"} == 1',
    for: '1m',
    severity: 'major',
    summary: 'The replica {{instance}} has no link to its master.',
  },
  {
    name: 'Redis cannot save',
    expr: 'redis_persistence{result="err"} == 1',
    for: '5m',
    severity: 'major',
    summary: 'The last {{kind}} write of Redis on {{instance}} failed.',
  },
];
