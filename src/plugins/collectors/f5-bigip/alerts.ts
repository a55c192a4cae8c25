import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const bigIpAlerts: readonly AlertRule[] = [
  {
    name: 'BIG-IP is down',
    expr: 'nocmate_collector_up{collector="f5-bigip"} == 0',
    for: '3m',
    severity: 'critical',
    summary: 'The management address of the BIG-IP {{instance}} does not answer.',
  },
  {
    name: 'A virtual server of a BIG-IP is offline',
    expr: 'bigip_virtual_server_availability{status="offline"} == 1 and on (instance, virtual_server) bigip_virtual_server_enabled{status="enabled"} == 1',
    for: '1m',
    severity: 'critical',
    summary: 'The virtual server {{virtual_server}} ({{destination}}) of the BIG-IP {{instance}} is offline.',
  },
  {
    name: 'A pool member of a BIG-IP is offline',
    expr: 'bigip_pool_member_availability{status="offline"} == 1 and on (instance, pool, member) bigip_pool_member_enabled{status="enabled"} == 1',
    for: '2m',
    severity: 'major',
    summary: 'The member {{member}} of the pool {{pool}} of the BIG-IP {{instance}} fails its checks.',
  },
  {
    name: 'A BIG-IP has changed its part',
    expr: 'changes(bigip_failover{state="active"}[10m]) > 0',
    for: '1s',
    severity: 'major',
    summary: 'The BIG-IP {{instance}} became active or gave up being it.',
  },
  {
    name: 'The pair of a BIG-IP is not in sync',
    expr: 'bigip_sync{color=~"yellow|red"} == 1',
    for: '15m',
    severity: 'warning',
    summary: 'The configuration of the BIG-IP {{instance}} is not the same in its pair.',
  },
];
