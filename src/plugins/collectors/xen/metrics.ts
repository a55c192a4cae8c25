import { gauge, type MetricDefinition, type MetricTable } from '#core/plugin/metric.ts';

export const POWER_STATES = ['running', 'halted', 'paused', 'suspended'] as const;
export const HOST_STATES = ['enabled', 'disabled'] as const;

const HOST = ['xen_host'];
const VM = ['vm', 'vm_uuid'];
const SR = ['sr', 'sr_uuid'];
const rate = (help: string, labels: readonly string[]): MetricDefinition =>
  gauge('bytes_per_second', help, [...labels, 'direction']);

/** Every series of the Xen collector. Rates and shares are means since the last reading, as the hosts keep them. */
export const XEN_METRICS: MetricTable = {
  xen_host_info: gauge('', 'Always 1; what runs there.', [...HOST, 'xen_host_uuid', 'product', 'product_version']),
  xen_host_state: {
    ...gauge('', 'Whether the host takes virtual machines.', HOST),
    states: { label: 'state', values: HOST_STATES },
  },
  xen_host_vms: gauge('', 'Virtual machines that run on the host, its control domain among them.', HOST),
  xen_host_cpu_ratio: gauge('ratio', 'Processor use of the host.', HOST),
  xen_host_load: gauge('', 'Load average of the control domain.', HOST),
  xen_host_memory_total_bytes: gauge('bytes', 'Memory of the host.', HOST),
  xen_host_memory_free_bytes: gauge('bytes', 'Memory that no domain has.', HOST),
  xen_host_network_bytes_per_second: rate('Bytes on an interface of the host.', [...HOST, 'device']),
  xen_host_network_errors: gauge('', 'Errors per second on an interface of the host.', [
    ...[...HOST, 'device', 'direction'],
  ]),
  xen_host_tasks: gauge('', 'Tasks of the pool that run.', HOST),
  xen_host_sessions: gauge('', 'Sessions of the pool; those that are not ended pile up.', HOST),
  xen_host_xapi_memory_bytes: gauge('bytes', 'Memory of the management daemon.', HOST),
  xen_host_xapi_open_files: gauge('', 'Files that the management daemon has open.', HOST),
  xen_host_storage_bytes_per_second: rate('Bytes between the host and a storage repository.', [...HOST, ...SR]),
  xen_host_storage_operations: gauge('', 'Operations per second on a storage repository.', [
    ...[...HOST, ...SR, 'direction'],
  ]),
  xen_host_storage_latency_seconds: gauge('seconds', 'Mean time of an operation on a storage repository.', [
    ...[...HOST, ...SR, 'direction'],
  ]),
  xen_host_storage_wait_ratio: gauge('ratio', 'Share of the time spent waiting for a storage repository.', [
    ...[...HOST, ...SR],
  ]),
  xen_vm_power_state: {
    ...gauge('', 'Whether the virtual machine runs.', VM),
    states: { label: 'state', values: POWER_STATES },
  },
  xen_vm_on_host: gauge('', 'Always 1; where the virtual machine runs.', [...VM, ...HOST]),
  xen_vm_vcpus: gauge('', 'Virtual processors at the start.', VM),
  xen_vm_cpu_ratio: gauge('ratio', 'Use of its virtual processors, their mean.', VM),
  xen_vm_memory_bytes: gauge('bytes', 'Memory it has.', VM),
  xen_vm_memory_target_bytes: gauge('bytes', 'Memory it is meant to have.', VM),
  xen_vm_memory_free_bytes: gauge('bytes', 'Memory free within it; only with the guest tools.', VM),
  xen_vm_network_bytes_per_second: rate('Bytes on a virtual interface, as the virtual machine sees it.', [
    ...[...VM, 'device'],
  ]),
  xen_vm_disk_bytes_per_second: rate('Bytes on a virtual disk.', [...VM, 'device']),
  xen_vm_disk_operations: gauge('', 'Operations per second on a virtual disk.', [...VM, 'device', 'direction']),
  xen_vm_disk_latency_seconds: gauge('seconds', 'Mean time of an operation on a virtual disk.', [
    ...[...VM, 'device', 'direction'],
  ]),
  xen_sr_usage_bytes: gauge('bytes', 'Space in use on the storage repository.', [...SR, 'type']),
  xen_sr_limit_bytes: gauge('bytes', 'Space of the storage repository.', [...SR, 'type']),
  xen_sr_allocated_bytes: gauge('bytes', 'Space promised to virtual disks.', [...SR, 'type']),
};
