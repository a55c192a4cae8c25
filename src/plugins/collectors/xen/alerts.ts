import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const xenAlerts: readonly AlertRule[] = [
  {
    name: 'A Xen pool is down',
    expr: 'nocmate_collector_up{collector="xen"} == 0',
    for: '3m',
    severity: 'critical',
    summary: 'The management of the Xen pool {{instance}} does not answer.',
  },
  {
    name: 'A Xen host gives no data',
    expr: 'xen_host_info unless on (instance, xen_host) xen_host_cpu_ratio',
    for: '3m',
    severity: 'critical',
    summary: 'The host {{xen_host}} of the Xen pool {{instance}} does not answer.',
  },
  {
    name: 'A Xen host is disabled',
    expr: 'xen_host_state{state="disabled"} == 1',
    for: '15m',
    severity: 'warning',
    summary: 'The host {{xen_host}} of the Xen pool {{instance}} takes no virtual machines.',
  },
  {
    name: 'A Xen host has nearly no memory left',
    expr: 'xen_host_memory_free_bytes / xen_host_memory_total_bytes < 0.05',
    for: '15m',
    severity: 'warning',
    summary: 'Less than 5 % of the memory of the Xen host {{xen_host}} is free.',
  },
  {
    name: 'A storage repository of Xen is nearly full',
    expr: 'xen_sr_usage_bytes / xen_sr_limit_bytes > 0.9',
    for: '10m',
    severity: 'major',
    summary: 'The storage repository {{sr}} of the Xen pool {{instance}} is more than 90 % full.',
  },
  {
    name: 'A virtual machine of Xen has stopped',
    expr: 'xen_vm_power_state{state="halted"} == 1 and on (instance, vm_uuid) (max_over_time(xen_vm_power_state{state="running"}[1h]) == 1)',
    for: '5m',
    severity: 'warning',
    summary: 'The virtual machine {{vm}} of the Xen pool {{instance}} ran within the last hour and does not run now.',
  },
];
