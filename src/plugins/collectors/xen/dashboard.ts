import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain } = INSTANCE_QUERIES;
const FROM_ZERO = { min: 0 };

/** How many virtual machines or hosts are in a state. */
const count = (metric: string, state: string) => ({
  text: `sum by (instance) (${metric}{instance="$instance",state="${state}"})`,
});

/** One Xen pool. */
export const xenDashboard: Dashboard = Dashboard.parse({
  title: 'Xen pool',
  description: 'One pool of XenServer or XCP-ng: hosts, virtual machines, storage.',
  tags: ['xen', 'virtualisation'],
  variables: [instanceVariable('xen_host_info')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Hosts', '', { text: 'sum by (instance) (xen_host_info{instance="$instance"})' }),
        stat('Machines running', '', count('xen_vm_power_state', 'running')),
        stat('Machines halted', '', count('xen_vm_power_state', 'halted')),
        stat('Hosts disabled', '', count('xen_host_state', 'disabled')),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Processors by host', 'ratio', [plain('xen_host_cpu_ratio', '{{xen_host}}')], FROM_ZERO),
        chart('Free memory by host', 'bytes', [plain('xen_host_memory_free_bytes', '{{xen_host}}')], FROM_ZERO),
        chart('Load of control domains', '', [plain('xen_host_load', '{{xen_host}}')], FROM_ZERO),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Processors by virtual machine', 'ratio', [plain('xen_vm_cpu_ratio', '{{vm}}')], FROM_ZERO),
        chart('Memory by virtual machine', 'bytes', [plain('xen_vm_memory_bytes', '{{vm}}')], FROM_ZERO),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Network by host', 'bytes_per_second', [
          plain('xen_host_network_bytes_per_second', '{{xen_host}} {{device}} {{direction}}'),
        ]),
        chart('Network by virtual machine', 'bytes_per_second', [
          plain('xen_vm_network_bytes_per_second', '{{vm}} {{device}} {{direction}}'),
        ]),
        chart('Disks by virtual machine', 'bytes_per_second', [
          plain('xen_vm_disk_bytes_per_second', '{{vm}} {{device}} {{direction}}'),
        ]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Space in use by storage repository', 'bytes', [plain('xen_sr_usage_bytes', '{{sr}}')], FROM_ZERO),
        chart('Storage by host', 'bytes_per_second', [
          plain('xen_host_storage_bytes_per_second', '{{xen_host}} {{sr}} {{direction}}'),
        ]),
        chart('Latency of storage', 'seconds', [
          plain('xen_host_storage_latency_seconds', '{{xen_host}} {{sr}} {{direction}}'),
        ]),
      ],
    },
  ]),
});
